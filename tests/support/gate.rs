//! The network between a browser and the city, which a test cuts and mends.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};

/// What becomes of the traffic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    /// It gets through.
    Open,
    /// Connections are cut, and new ones are refused as soon as they are made.
    Cut,
    /// Nothing comes back and nothing is refused.
    Silent,
}

/// A port in front of a server. Its threads end with the test program.
#[derive(Clone)]
pub(crate) struct Gate {
    line: Arc<(Mutex<Line>, Condvar)>,
    address: String,
}

impl Gate {
    /// Listens on a free port, for the server with this address (`host:port`).
    pub(crate) fn before(server: &str) -> Gate {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let gate = Gate {
            line: Arc::new((Mutex::new(Line::Open), Condvar::new())),
            address: listener.local_addr().unwrap().to_string(),
        };
        let (inner, server) = (gate.clone(), server.to_owned());
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let (gate, server) = (inner.clone(), server.clone());
                std::thread::spawn(move || gate.pass(&client, &server));
            }
        });
        gate
    }

    /// Its address as a page's: `http://127.0.0.1:…`.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What becomes of the traffic from now on.
    pub(crate) fn set(&self, line: Line) {
        *self.line.0.lock().unwrap() = line;
        self.line.1.notify_all();
    }

    fn pass(&self, client: &TcpStream, server: &str) {
        if !self.may_pass() {
            return;
        }
        let server = TcpStream::connect(server).unwrap();
        let (to, from) = (server.try_clone().unwrap(), client.try_clone().unwrap());
        let gate = self.clone();
        std::thread::spawn(move || gate.copy(from, to));
        self.copy(server, client.try_clone().unwrap());
    }

    fn copy(&self, mut from: TcpStream, mut to: TcpStream) {
        let mut part = [0; 8192];
        // An end of the connection ends both ways.
        while let Ok(read @ 1..) = from.read(&mut part) {
            if !self.may_pass() || to.write_all(&part[..read]).is_err() {
                break;
            }
        }
        for stream in [from, to] {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// Waits while the line is silent; what was on it then is lost.
    fn may_pass(&self) -> bool {
        let mut line = self.line.0.lock().unwrap();
        if *line == Line::Open {
            return true;
        }
        while *line == Line::Silent {
            line = self.line.1.wait(line).unwrap();
        }
        false
    }
}
