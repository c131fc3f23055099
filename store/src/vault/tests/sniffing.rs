//! Types by content: what is accepted, what is refused and under which name.

use super::super::content::Inspection;
use super::*;
use proptest::prelude::*;

/// Judged in chunks of one size, as the vault does.
fn judge(content: &[u8], chunk: usize) -> Result<MediaType, VaultError> {
    let head = &content[..content.len().min(8 * 1024)];
    let mut inspection = Inspection::begin(head, head.len() == content.len())?;
    for chunk in content.chunks(chunk) {
        inspection.take(chunk)?;
    }
    inspection.conclude()
}

/// The type, or the type that was refused.
fn found(content: &[u8]) -> Result<MediaType, String> {
    let in_one = judge(content, usize::MAX);
    assert_eq!(judge(content, 1), in_one, "chunks decide nothing");
    in_one.map_err(|refused| match refused {
        VaultError::TypeNotAccepted { media_type } => media_type,
        other => other.to_string(),
    })
}

/// A ZIP package of stored parts, with its central directory.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let size = u32::try_from(content.len()).unwrap().to_le_bytes();
        let name_size = u16::try_from(name.len()).unwrap().to_le_bytes();
        let common = [
            &[20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0][..],
            &size,
            &size,
            &name_size,
            &[0, 0],
        ]
        .concat();
        directory.extend([b"PK\x01\x02\x14\0", &common[..], &[0; 14], name.as_bytes()].concat());
        bytes.extend([b"PK\x03\x04", &common[..], name.as_bytes(), content].concat());
    }
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06");
    bytes.extend([0; 18]);
    bytes
}

fn office(main: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let parts = [("[Content_Types].xml", &b"<Types/>"[..]), (main, b"<x/>")];
    package(&[&parts, more].concat())
}

fn open_document(kind: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let declared = format!("application/vnd.oasis.opendocument.{kind}");
    let parts = [
        ("mimetype", declared.as_bytes()),
        ("META-INF/manifest.xml", b"<x/>"),
    ];
    package(&[&parts, more].concat())
}

#[test]
fn the_accepted_types() {
    let long_json = format!("{{\"values\": [{}0]}}", "1, ".repeat(9_000));
    let table: [(&[u8], MediaType); 19] = [
        (b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", MediaType::Pdf),
        (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", MediaType::Png),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF", MediaType::Jpeg),
        (b"II*\0\x08\0\0\0", MediaType::Tiff),
        (b"MM\0*\0\0\0\x08", MediaType::Tiff),
        (&office("word/document.xml", &[]), MediaType::Docx),
        (&office("xl/workbook.xml", &[]), MediaType::Xlsx),
        (&office("ppt/presentation.xml", &[]), MediaType::Pptx),
        (&open_document("text", &[]), MediaType::Odt),
        (
            &open_document("spreadsheet", &[("Basic/script-lc.xml", b"")]),
            MediaType::Ods,
        ),
        (&open_document("presentation", &[]), MediaType::Odp),
        (
            "施設,症例数\r\n\"東京, 千代田\",12\r\n".as_bytes(),
            MediaType::Csv,
        ),
        // Bytes that a shorter look takes for a bitmap.
        (b"BMI,age\n21.5,60", MediaType::Csv),
        (b"{\"a\": 1}", MediaType::Json),
        (long_json.as_bytes(), MediaType::Json),
        (b"[1] Sato, Lancet 2024", MediaType::Text),
        (b"[1", MediaType::Text),
        ("\u{FEFF}達成報告\n一行目".as_bytes(), MediaType::Text),
        (b"p < 0.05 <n=12>", MediaType::Text),
    ];
    for (content, expected) in table {
        assert_eq!(
            found(content),
            Ok(expected),
            "{}",
            String::from_utf8_lossy(content)
        );
        assert_eq!(MediaType::from_name(expected.as_str()), Some(expected));
    }
}

/// None of these is asked for its name: each could be called `report.pdf`.
#[test]
fn the_refused_types_in_whatever_disguise() {
    let behind_text = [&[b'x'; 10_000][..], b"\x7FELF\x02\x01\x01\0"].concat();
    let behind_program = [&b"MZ\x90\0\x03\0\0\0"[..], b"%PDF-1.7"].concat();
    let with_macros = office("word/document.xml", &[("word/vbaProject.bin", b"\xD0\xCF")]);
    let with_basic = open_document("text", &[("Basic/Standard/Module1.xml", b"")]);
    let as_java = office(
        "word/document.xml",
        &[("META-INF/MANIFEST.MF", b"Main-Class: X")],
    );
    let shift_jis = b"\x8E\x7B\x90\xDD,\x8F\xC7\x97\xE1\x90\x94\r\n";
    let table: [(&[u8], &str); 27] = [
        (
            b"MZ\x90\0\x03\0\0\0",
            "application/vnd.microsoft.portable-executable",
        ),
        (
            &behind_program,
            "application/vnd.microsoft.portable-executable",
        ),
        (
            &[b"\x7FELF\x02\x01\x01\0", &[0; 60][..]].concat(),
            "application/x-executable",
        ),
        (b"\xCF\xFA\xED\xFE\x07\0\0\x01", "application/x-mach-binary"),
        (b"\0asm\x01\0\0\0", "application/wasm"),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0",
            "application/x-ole-storage",
        ),
        (b"#!/bin/sh\nrm -rf /", "text/x-shellscript"),
        ("\u{FEFF}\n #!/bin/sh".as_bytes(), "text/x-shellscript"),
        (b"@ECHO off\r\ndel *", "application/x-bat"),
        (b"%!PS-Adobe-3.0", "application/postscript"),
        (b"{\\rtf1\\ansi", "application/rtf"),
        (
            b"notes\n<?php system($_GET['c']);",
            "application/x-httpd-php",
        ),
        (b"<!DOCTYPE html><title>x</title>", "text/html"),
        (b"  \n<HTML>", "text/html"),
        (b"Dear panel, <ScRiPt>alert(1)</script>", "text/html"),
        (
            b"<?xml version=\"1.0\"?><svg onload=\"x()\"/>",
            "image/svg+xml",
        ),
        (
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "image/svg+xml",
        ),
        (b"<?xml version=\"1.0\"?><a/>", "text/xml"),
        (b"GIF89a\x01\0\x01\0", "image/gif"),
        (&package(&[("a.txt", b"a")]), "application/zip"),
        // A main part without the table of contents is no document.
        (
            &package(&[("word/document.xml", b"<x/>")]),
            "application/zip",
        ),
        (&with_macros, "application/vnd.ms-office.vbaProject"),
        (&with_basic, "application/vnd.sun.star.basic"),
        (&as_java, "application/java-archive"),
        (shift_jis, "application/octet-stream"),
        // A text that stops being one, and one that ends within a character.
        (&behind_text, "application/octet-stream"),
        (b"cut \xE6\x96", "application/octet-stream"),
    ];
    for (content, expected) in table {
        let shown = String::from_utf8_lossy(&content[..content.len().min(40)]);
        assert_eq!(found(content), Err(expected.to_owned()), "{shown}");
    }
}

#[tokio::test]
async fn what_is_refused_at_its_last_byte_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let content = [&b"x".repeat(20_000)[..], b"\0"].concat();
    let refused = store(&vault, &content).await.unwrap_err();
    assert!(matches!(
        refused.refusal(),
        Some(domain::Refusal::EvidenceTypeNotAccepted { .. })
    ));
    assert_eq!(files(folder.path()), [] as [PathBuf; 0]);
}

proptest! {
    /// Also when a hostile file begins like something known: an answer, no panic, and the same one
    /// however the bytes were cut.
    #[test]
    fn any_bytes_get_one_answer(
        beginning in prop::sample::select(vec![
            &b""[..], b"PK\x03\x04", b"PK\x01\x02", b"MZ", b"\x7FELF", b"BM", b"ID3", b"{", b"a,b\n",
            b"\0\0\0\x18ftyp", b"RIFF", b"\xFF\xFE", b"\xCA\xFE\xBA\xBE", b"OggS", b"\x1A\x45\xDF\xA3",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..400),
        chunk in 1_usize..50,
    ) {
        let content = [beginning, &rest].concat();
        prop_assert_eq!(judge(&content, chunk), judge(&content, usize::MAX));
    }

    /// No text that is not UTF-8 to its end is taken for text.
    #[test]
    fn text_is_text(content in prop::collection::vec(any::<u8>(), 1..60)) {
        if let Ok(MediaType::Text | MediaType::Csv | MediaType::Json) = judge(&content, 3) {
            prop_assert!(core::str::from_utf8(&content).is_ok());
        }
    }
}
