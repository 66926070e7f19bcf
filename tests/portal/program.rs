//! The real program, as an operator runs it: commands that end, and `serve`, which is killed or asked to end.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use portal::db::Target;
use tempfile::TempDir;

/// Starting a debug build beside the whole suite.
const START_TIMEOUT: Duration = Duration::from_secs(60);
/// What a graceful end may take.
const END_TIMEOUT: Duration = Duration::from_secs(30);

/// A data directory and the database its commands work on.
pub struct Installation {
    data_dir: TempDir,
    url: Option<String>,
}

/// What a command said.
#[derive(Debug)]
pub struct Output {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Installation {
    /// With the database that needs no setting: a file in the data directory.
    pub fn by_default() -> Self {
        Self {
            data_dir: TempDir::new().unwrap(),
            url: None,
        }
    }

    /// On this database.
    pub fn on(target: &Target) -> Self {
        let url = match target {
            Target::Sqlite(path) => format!("sqlite://{}", path.display()),
            Target::Postgres(url) => url.clone(),
        };
        Self {
            url: Some(url),
            ..Self::by_default()
        }
    }

    /// Where the database is.
    pub fn target(&self) -> Target {
        let url = self.url.as_deref().unwrap_or("sqlite://portal.db");
        Target::parse(url, self.data_dir.path()).unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_portal"));
        // Nobody's PORTAL_… or PG… settings.
        command.env_clear().args(arguments);
        command.arg("--data-dir").arg(self.data_dir.path());
        if let Some(url) = &self.url {
            command.args(["--database-url", url]);
        }
        command
    }

    /// Runs a command to its end with `input` on its standard input.
    pub fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that doesn't read may have ended already.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Output {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs a command that must succeed.
    #[track_caller]
    pub fn succeed(&self, arguments: &[&str], input: &str) {
        let output = self.run(arguments, input);
        assert_eq!(output.code, Some(0), "portal {arguments:?}: {output:?}");
    }

    /// Starts serving on a free port and waits until it listens.
    pub fn serve(&self) -> Serving {
        self.serve_with(&[])
    }

    /// The same with more arguments.
    pub fn serve_with(&self, more: &[&str]) -> Serving {
        let arguments = [
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--rate-limit",
            "0",
            "--log",
            "error,r2d2=off",
        ];
        self.start(&[&arguments, more].concat(), "Listening on ", Stdio::inherit())
    }

    /// Starts serving with everything logged; the log's file.
    pub fn serve_logged(&self) -> (Serving, PathBuf) {
        self.serve_logged_with("trace", &[])
    }

    /// The same with what this filter lets through, and more arguments.
    pub fn serve_logged_with(&self, filter: &str, more: &[&str]) -> (Serving, PathBuf) {
        let log = self.data_dir.path().join("log");
        let file = std::fs::File::create(&log).unwrap();
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--log", filter];
        (
            self.start(&[&arguments, more].concat(), "Listening on ", file.into()),
            log,
        )
    }

    /// Starts a worker and waits until it works.
    pub fn work_with(&self, more: &[&str]) -> Serving {
        self.start(
            &[&["worker", "--log", "error,r2d2=off"], more].concat(),
            "Working on ",
            Stdio::inherit(),
        )
    }

    /// Starts a program that runs until it is ended; its first line begins with `announcement`.
    fn start(&self, arguments: &[&str], announcement: &str, log: Stdio) -> Serving {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let (lines, received) = mpsc::channel();
        // Reads to the end, so that the program can always write.
        std::thread::spawn(move || {
            stdout
                .lines()
                .map_while(Result::ok)
                .all(|line| lines.send(line).is_ok())
        });
        let mut serving = Serving {
            child,
            base: String::new(),
        };
        let line = received
            .recv_timeout(START_TIMEOUT)
            .expect("the program tells that it runs");
        let base = line.strip_prefix(announcement).expect("the first line tells where");
        serving.base = base.to_owned();
        serving
    }

    /// The mails kept as files: names and contents.
    pub fn mails(&self) -> Vec<(String, String)> {
        let Ok(files) = std::fs::read_dir(self.data_dir.path().join("mail")) else {
            return Vec::new();
        };
        let paths = files.map(|file| file.unwrap().path());
        let mails = paths.filter(|path| path.extension().is_some_and(|extension| extension == "eml"));
        mails
            .map(|path| {
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                (name, std::fs::read_to_string(path).unwrap())
            })
            .collect()
    }
}

/// A program that serves; it is killed with this value.
pub struct Serving {
    child: Child,
    /// `http://127.0.0.1:…`; the database of a worker.
    pub base: String,
}

impl Serving {
    /// SIGKILL: it ends at once, wherever it is.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        let status = self.child.wait().unwrap();
        assert_eq!(status.signal(), Some(9), "it was still running: {status}");
    }

    /// SIGTERM, without waiting for the end.
    pub fn terminate(&self) {
        let command = format!("kill -TERM {}", self.child.id());
        let sent = Command::new("sh").args(["-c", &command]).status().unwrap();
        assert!(sent.success());
    }

    /// How it ends, within the time a graceful end may take.
    pub fn ended(mut self) -> ExitStatus {
        let (ends, ended) = mpsc::channel();
        std::thread::scope(|scope| {
            let child = &mut self.child;
            let id = child.id();
            scope.spawn(move || ends.send(child.wait().unwrap()));
            match ended.recv_timeout(END_TIMEOUT) {
                Ok(status) => status,
                Err(_) => {
                    let kill = Command::new("sh").args(["-c", &format!("kill -KILL {id}")]).status();
                    panic!("it did not end within {END_TIMEOUT:?} and was killed: {kill:?}");
                }
            }
        })
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Both fail where it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
