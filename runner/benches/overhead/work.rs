//! The work that all contenders do: the same residents, registered in the same order.

use std::io::{Read, Write};
use std::net::TcpStream;

use yakin::practice::{Resident, SEED, residents};

use crate::Outcome;

/// One registration of the 住民票郵送請求.
pub(crate) struct Registration {
    /// 請求番号.
    pub(crate) number: String,
    /// Who asks, as the city knows them.
    pub(crate) person: Resident,
}

/// The first `count` registrations: residents of 長崎市, all of them fit to be registered.
pub(crate) fn registrations(count: usize) -> Vec<Registration> {
    let here = residents(SEED)
        .into_iter()
        .filter(|person| person.address.contains("長崎市"));
    (1..=count)
        .zip(here)
        .map(|(number, person)| Registration {
            number: format!("B-{number:04}"),
            person,
        })
        .collect()
}

/// The table that the scenario reads.
pub(crate) fn table(registrations: &[Registration]) -> String {
    let mut text = String::from("請求番号,氏名,カナ,生年月日,郵便番号,手数料,受付日\r\n");
    for Registration { number, person } in registrations {
        let cells = [
            number.as_str(),
            &person.name,
            &person.kana,
            &person.birth.to_string(),
            &person.postal,
            "300",
            crate::DAY,
        ];
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// How many registrations the city's register holds.
pub(crate) fn registered(base: &str) -> Outcome<usize> {
    let host = base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host)?;
    write!(
        stream,
        "GET /uketsuke/register/count HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply)?;
    let body = reply.split("\r\n\r\n").nth(1).unwrap_or_default();
    Ok(body.trim().parse()?)
}
