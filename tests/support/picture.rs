//! Looking at a picture without a graphics library: which colours are in it?

use std::io::Read;

/// Whether a picture has a clearly red point.
pub(crate) fn has_red(png: &[u8]) -> bool {
    count(png, |p| p[0] > 180 && p[1] < 90 && p[2] < 90) > 0
}

/// How many points of a picture are of one green, `#0a0`.
pub(crate) fn green_points(png: &[u8]) -> usize {
    count(png, |p| p[..3] == [0, 0xaa, 0])
}

/// How many points of an 8-bit RGB or RGBA PNG (PNG specification §9: filters) are as wanted.
fn count(png: &[u8], wanted: impl Fn(&[u8]) -> bool) -> usize {
    let mut at = 8;
    let (mut width, mut depth, mut packed) = (0, 0, Vec::new());
    while let Some(head) = png.get(at..at + 8) {
        let length = u32::from_be_bytes(head[..4].try_into().unwrap()) as usize;
        let data = &png[at + 8..at + 8 + length];
        match &head[4..] {
            b"IHDR" => {
                width = u32::from_be_bytes(data[..4].try_into().unwrap()) as usize;
                assert_eq!(data[8], 8, "bits for each colour");
                depth = if data[9] == 6 { 4 } else { 3 };
            }
            b"IDAT" => packed.extend_from_slice(data),
            _ => {}
        }
        at += length + 12;
    }
    let mut raw = Vec::new();
    flate2::read::ZlibDecoder::new(packed.as_slice())
        .read_to_end(&mut raw)
        .unwrap();
    let stride = width * depth;
    let mut above = vec![0_u8; stride];
    let mut found = 0;
    for row in raw.chunks_exact(stride + 1) {
        let mut line = row[1..].to_vec();
        for i in 0..stride {
            let left = if i >= depth { line[i - depth] } else { 0 };
            let corner = if i >= depth { above[i - depth] } else { 0 };
            line[i] = line[i].wrapping_add(predicted(row[0], left, above[i], corner));
        }
        found += line.chunks_exact(depth).filter(|p| wanted(p)).count();
        above = line;
    }
    found
}

fn predicted(filter: u8, left: u8, above: u8, corner: u8) -> u8 {
    match filter {
        0 => 0,
        1 => left,
        2 => above,
        3 => u8::midpoint(left, above),
        _ => {
            let estimate = i16::from(left) + i16::from(above) - i16::from(corner);
            let far = |value: u8| (estimate - i16::from(value)).abs();
            if far(left) <= far(above) && far(left) <= far(corner) {
                left
            } else if far(above) <= far(corner) {
                above
            } else {
                corner
            }
        }
    }
}
