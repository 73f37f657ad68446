//! A driver that counts: it starts the real one, passes every command on and writes it down. It stands in the search path
//! under the driver's name while commands are compared, and never while time is measured.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use serde_json::Value;

use crate::Outcome;

/// A body longer than this is the page library; its hash says enough.
const SHOWN: usize = 4096;

/// Makes a folder for the search path with a `chromedriver` that writes its commands to `log`.
pub(crate) fn install(folder: &Path, log: &Path) -> Outcome<PathBuf> {
    let bin = folder.join("bin");
    fs::create_dir_all(&bin)?;
    let script = format!(
        "#!/bin/sh\nexec '{}' counting '{}' '{}'\n",
        std::env::current_exe()?.display(),
        crate::program("chromedriver")?.display(),
        log.display()
    );
    let file = bin.join("chromedriver");
    fs::write(&file, script)?;
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755))?;
    Ok(bin)
}

/// Is the counting driver until it is killed, together with the real one, which stands in the same process group.
pub(crate) fn serve(driver: &Path, log: &Path) -> Outcome<()> {
    let mut real = Command::new(driver)
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut lines = BufReader::new(real.stdout.take().ok_or("the driver has no output")?).lines();
    let port = loop {
        let line = lines.next().ok_or("the driver named no port")??;
        if let Some(port) = crate::port_in(&line) {
            break port;
        }
    };
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let log = Arc::new(Mutex::new(File::create(log)?));
    println!(
        "ChromeDriver was started successfully on port {}.",
        listener.local_addr()?.port()
    );
    for client in listener.incoming() {
        let (client, log) = (client?, Arc::clone(&log));
        // A connection that ends, ends its thread.
        std::thread::spawn(move || pass_on(client, port, &log).ok());
    }
    Ok(())
}

fn pass_on(client: TcpStream, port: u16, log: &Mutex<File>) -> Outcome<()> {
    let driver = TcpStream::connect(("127.0.0.1", port))?;
    for stream in [&client, &driver] {
        stream.set_nodelay(true)?;
    }
    let (mut to_client, mut to_driver) = (client.try_clone()?, driver.try_clone()?);
    let (mut from_client, mut from_driver) = (BufReader::new(client), BufReader::new(driver));
    while let Some((head, body)) = message(&mut from_client)? {
        if let Ok(mut log) = log.lock() {
            writeln!(log, "{}", command(&head, &body))?;
        }
        to_driver.write_all(&[head.as_bytes(), &body].concat())?;
        let (head, body) = message(&mut from_driver)?.ok_or("the driver has hung up")?;
        to_client.write_all(&[head.as_bytes(), &body].concat())?;
    }
    Ok(())
}

/// One HTTP message with a `Content-Length`: its head and body; nothing at the end of the connection.
fn message(stream: &mut BufReader<TcpStream>) -> Outcome<Option<(String, Vec<u8>)>> {
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let start = head.len();
        if stream.read_line(&mut head)? == 0 {
            return Ok(None);
        }
        let line = head.get(start..).unwrap_or_default().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse()?;
        }
        if line == "\r\n" {
            break;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok(Some((head, body)))
}

/// A command in one line, without what differs from session to session: numbers of sessions and elements, addresses,
/// folders, and the milliseconds that are left to wait.
fn command(head: &str, body: &[u8]) -> String {
    let mut words = head.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let path: Vec<&str> = path
        .split('/')
        .map(|part| if part.len() >= 32 { "*" } else { part })
        .collect();
    let mut body: Value = serde_json::from_slice(body).unwrap_or_default();
    even_out(&mut body);
    let mut body = body.to_string();
    if body.len() > SHOWN {
        let mut hash = DefaultHasher::new();
        body.hash(&mut hash);
        body = format!("{} bytes, hash {:016x}", body.len(), hash.finish());
    }
    format!("{method} {} {body}", path.join("/"))
}

fn even_out(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (key, value) in map.iter_mut() {
                match key.as_str() {
                    "ms" | "download.default_directory" => *value = Value::Null,
                    _ => even_out(value),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(even_out),
        Value::String(text) => {
            if text.starts_with("--user-data-dir=") {
                "--user-data-dir".clone_into(text);
            } else if let Some(path) = text.trim_start_matches("http://").strip_prefix("127.0.0.1:") {
                *text = path.trim_start_matches(|c: char| c.is_ascii_digit()).to_owned();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The commands of a log, item by item: each begins with the page that the scenario calls `home`.
pub(crate) fn items(log: &Path) -> Outcome<Vec<Vec<String>>> {
    let mut items: Vec<Vec<String>> = Vec::new();
    for line in fs::read_to_string(log)?.lines() {
        if line.starts_with("POST /session/*/url ") && line.contains("/menu") {
            items.push(Vec::new());
        }
        if line.starts_with("DELETE ") {
            break;
        }
        if let Some(item) = items.last_mut() {
            item.push(line.to_owned());
        }
    }
    Ok(items)
}
