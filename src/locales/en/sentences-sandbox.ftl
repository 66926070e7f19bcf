# What sandboxes say
say-sandbox-exists = The account has a sandbox already, or somebody changes it right now.
say-sandbox-key-taken = Something was added in the sandbox under a code that the portal has given to something else. Reset the sandbox instead.
say-sandbox-days = The clock can be set ahead by 1 to { $max } days.
say-sandbox-times = Write 1 to { $max }, and at most 20 failures at a time; 0 calls off what waits.
say-sandbox-names = The choices are { $known }.
say-sandbox-order-needed = There is no order that can be used for this. Place one in the sandbox first.
say-sandbox-endpoint-needed = There is no webhook endpoint that is on. Add one in the sandbox first.
say-sandbox-not-parted = Order { $order } can't be parted. Order two articles, or more than one unit.
