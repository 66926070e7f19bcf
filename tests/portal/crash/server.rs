//! A PostgreSQL of a test's own, which it may crash. It keeps what a server syncs by default.

use std::fs;
use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use portal::db::Target;
use tempfile::TempDir;

/// Found through a socket in its folder, so that it needs no port.
const SETTINGS: &str = "listen_addresses = ''\nmax_connections = 40\nshared_buffers = 32MB\n";

/// A running server; it is stopped and removed with this value.
pub struct Server {
    folder: TempDir,
    pg_ctl: PathBuf,
}

impl Server {
    /// Makes and starts it.
    pub fn start() -> Self {
        let folder = TempDir::new().unwrap();
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(folder.path()));
        }
        let data = folder.path().join("data");
        let mut initdb = as_server_user(folder.path(), &tool("initdb"));
        initdb.args([
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]);
        run(initdb.arg("--pgdata").arg(&data));
        let mut settings = fs::OpenOptions::new()
            .append(true)
            .open(data.join("postgresql.conf"))
            .unwrap();
        let socket = format!("unix_socket_directories = '{}'\n", folder.path().display());
        settings.write_all((SETTINGS.to_owned() + &socket).as_bytes()).unwrap();
        let server = Self {
            folder,
            pg_ctl: tool("pg_ctl"),
        };
        server.control(&["-w", "-t", "60", "start"]);
        server
    }

    /// Its database.
    pub fn target(&self) -> Target {
        let folder = self.folder.path().display();
        Target::Postgres(format!("postgres:///postgres?host={folder}&user=postgres"))
    }

    /// Ends every process of it without a checkpoint, then starts it again: it recovers from its log.
    pub fn crash(&self) {
        self.control(&["-m", "immediate", "-w", "stop"]);
        self.control(&["-w", "-t", "60", "start"]);
    }

    fn control(&self, arguments: &[&str]) {
        run(&mut self.command(arguments));
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = as_server_user(self.folder.path(), &self.pg_ctl);
        command.arg("-D").arg(self.folder.path().join("data"));
        command
            .arg("-l")
            .arg(self.folder.path().join("server.log"))
            .args(arguments);
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The folder goes whether it still ran or not.
        let _ = self.command(&["-m", "immediate", "-w", "stop"]).status();
    }
}

/// Debian keeps the server's tools out of PATH; the newest version wins.
fn tool(name: &str) -> PathBuf {
    let mut versions: Vec<_> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .map(|version| version.unwrap().path().join("bin").join(name))
        .filter(|path| path.exists())
        .collect();
    versions.sort_by_key(|path| version_of(path));
    versions.pop().unwrap_or_else(|| name.into())
}

fn version_of(tool: &Path) -> u32 {
    let parts = tool.components().rev();
    let version = parts
        .skip(2)
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .next();
    version.and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// A process's entry belongs to whoever runs it.
fn is_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}

/// PostgreSQL refuses to run as root.
fn as_server_user(folder: &Path, program: &Path) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    // A folder the user may enter; no inherited pipes, which the server would keep open.
    command.current_dir(folder).env_remove("PGDATA");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn run(command: &mut Command) {
    let status = command.status().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(status.success(), "{command:?}: {status}");
}
