//! The way from another terminal to a rehearsal that has stopped: an errand goes in, what came of it comes out.
//!
//! The rehearsal does the errand itself, on its own page, with its own values and bounds. So nobody else needs to drive its
//! browser, and none can by what is written here.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};

use crate::platform::files;
use crate::text::{Message, codes};

use super::error::CliError;
use super::office::Room;
use super::{Context, exit, runtime};

/// Where a standing rehearsal says how it is reached; only its owner may read it.
const FILE: &str = "standing.json";
/// An errand is never longer.
const LONGEST: u64 = 64 * 1024;

/// How a standing rehearsal is reached.
#[derive(Debug, Serialize, Deserialize)]
struct Address {
    port: u16,
    /// Whoever cannot read the file does not know it.
    token: String,
}

/// What is to be done on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Errand {
    /// A step is tried.
    Step(String),
    /// What the page offers is listed.
    Look {
        /// With every short text.
        all: bool,
        /// As JSON.
        json: bool,
    },
}

impl Errand {
    /// Nothing stands there that could do it.
    fn nowhere(&self) -> CliError {
        CliError::usage(Message::new(match self {
            Errand::Step(_) => codes::TRY_NOWHERE,
            Errand::Look { .. } => codes::LOOK_NOWHERE,
        }))
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct Request {
    token: String,
    errand: Errand,
}

/// What came of an errand.
#[derive(Debug, Serialize, Deserialize)]
struct Reply {
    well: bool,
    told: String,
}

/// An errand that came in.
pub(super) struct Letter {
    pub(super) errand: Errand,
    reply: oneshot::Sender<Reply>,
}

impl Letter {
    /// Answers it. Whoever asked may have gone away.
    pub(super) fn answer(self, well: bool, told: String) {
        let _ = self.reply.send(Reply { well, told });
    }
}

/// A rehearsal that may be sent errands. The way is closed when this is dropped.
pub(super) struct Standing {
    letters: mpsc::Receiver<Letter>,
    file: PathBuf,
}

impl Standing {
    pub(super) async fn open(own: &Path) -> Result<Standing, CliError> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let mut random = [0_u8; 32];
        getrandom::fill(&mut random).map_err(|error| std::io::Error::other(error.to_string()))?;
        let address = Address {
            port: listener.local_addr()?.port(),
            token: random.iter().map(|byte| format!("{byte:02x}")).collect(),
        };
        let file = own.join(FILE);
        files::write_whole(&file, &serde_json::to_vec(&address).map_err(std::io::Error::other)?)?;
        let (sender, letters) = mpsc::channel(1);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // One at a time: they all work on one page.
                let _ = receive(stream, &address.token, &sender).await;
                if sender.is_closed() {
                    return;
                }
            }
        });
        Ok(Standing { letters, file })
    }

    /// The next errand that somebody sends.
    pub(super) async fn letter(&mut self) -> Letter {
        match self.letters.recv().await {
            Some(letter) => letter,
            None => std::future::pending().await,
        }
    }
}

impl Drop for Standing {
    fn drop(&mut self) {
        // A file that is left behind leads nowhere.
        let _ = std::fs::remove_file(&self.file);
    }
}

async fn receive(stream: TcpStream, token: &str, letters: &mpsc::Sender<Letter>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    BufReader::new(read.take(LONGEST)).read_line(&mut line).await?;
    let Ok(request) = serde_json::from_str::<Request>(&line) else {
        return Ok(());
    };
    if request.token != token {
        return Ok(());
    }
    let (reply, answered) = oneshot::channel();
    let letter = Letter {
        errand: request.errand,
        reply,
    };
    if letters.send(letter).await.is_err() {
        return Ok(());
    }
    let Ok(reply) = answered.await else { return Ok(()) };
    let mut answer = serde_json::to_vec(&reply).map_err(std::io::Error::other)?;
    answer.push(b'\n');
    write.write_all(&answer).await
}

/// Has an errand done by the rehearsal that stands in the office, and prints what came of it.
pub(super) fn ask(context: &Context, errand: Errand) -> Result<u8, CliError> {
    let room = Room::find(context)?;
    let reply = runtime()?.block_on(send(&room.own(), errand))?;
    print!("{}", reply.told);
    Ok(if reply.well { exit::SETTLED } else { exit::SOME_LEFT })
}

/// Sends an errand to the rehearsal that stands in this office, and waits for what comes of it.
async fn send(own: &Path, errand: Errand) -> Result<Reply, CliError> {
    let nowhere = || errand.nowhere();
    let text = std::fs::read(own.join(FILE)).map_err(|_| nowhere())?;
    let address: Address = serde_json::from_slice(&text).map_err(|_| nowhere())?;
    let mut stream = TcpStream::connect(("127.0.0.1", address.port))
        .await
        .map_err(|_| nowhere())?;
    let request = Request {
        token: address.token,
        errand,
    };
    let mut line = serde_json::to_vec(&request).map_err(std::io::Error::other)?;
    line.push(b'\n');
    stream.write_all(&line).await?;
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer).await?;
    serde_json::from_str(&answer).map_err(|_| CliError::failed(Message::new(codes::TRY_NO_ANSWER)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(text: &str) -> Errand {
        Errand::Step(text.to_owned())
    }

    fn on_a_runtime<T>(work: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(work)
    }

    #[test]
    fn a_step_goes_in_and_what_came_of_it_comes_out() {
        let folder = tempfile::tempdir().expect("a folder");
        on_a_runtime(async {
            let mut standing = Standing::open(folder.path()).await.expect("it stands");
            let own = folder.path().to_owned();
            let sent = tokio::spawn(async move { send(&own, step("browser.click: 登録")).await });
            let letter = standing.letter().await;
            assert_eq!(letter.errand, step("browser.click: 登録"));
            letter.answer(true, "できました。".to_owned());
            let reply = sent.await.expect("no panic").expect("an answer");
            assert!(reply.well && reply.told == "できました。");
            drop(standing);
            assert!(send(folder.path(), step("x")).await.is_err());
        });
    }

    #[test]
    fn whoever_does_not_know_the_token_is_not_heard() {
        let folder = tempfile::tempdir().expect("a folder");
        on_a_runtime(async {
            let mut standing = Standing::open(folder.path()).await.expect("it stands");
            let file = folder.path().join(FILE);
            let mut address: Address = serde_json::from_slice(&std::fs::read(&file).expect("a file")).expect("JSON");
            let known = std::mem::replace(&mut address.token, "0".repeat(64));
            std::fs::write(&file, serde_json::to_vec(&address).expect("JSON")).expect("written");
            assert!(send(folder.path(), step("x")).await.is_err());
            address.token = known;
            std::fs::write(&file, serde_json::to_vec(&address).expect("JSON")).expect("written");
            let own = folder.path().to_owned();
            let sent = tokio::spawn(async move { send(&own, step("y")).await });
            let letter = standing.letter().await;
            assert_eq!(letter.errand, step("y"), "the first was not delivered");
            letter.answer(false, String::new());
            assert!(!sent.await.expect("no panic").expect("an answer").well);
        });
    }
}
