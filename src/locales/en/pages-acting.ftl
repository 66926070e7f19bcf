# Acting for an account
acting-for = Act for { $name }
acting-button = Act for
acting-what = You see the portal as this account does and may order for it. You don't manage its people, approve nothing and see no passwords. It ends when you stop, when you sign out, and after an hour at the latest. Your name and the reason are recorded and shown to the account.
acting-reason-hint = The account reads it. For example: order by phone, Ms Weber
acting-stopped = You no longer act for the account.
by-client = { $name } (program)
acting-by = { $staff } for { $account }
acting-list = Who acted for you
acting-list-text = The supplier's staff may work in the portal as your account, to help. Each time is listed here, and orders that came of it carry both names.
acting-none = Nobody has acted for your account.
acting-until = Until
acting-shown = { $count ->
    [one] { $count } time
   *[other] { $count } times
}
