//! What comes out is what went in, whatever it was, and always the same.

mod every_text;
mod texts;

use domain::report::{Notice, NoticeContent, NoticeWord};
use domain::wording::{self, Language};
use typst::layout::{Abs, Frame, FrameItem};
use typst_layout::{Page, PagedDocument};

use super::fonts::installed;
use super::{NoticeDocument, NoticeFonts, Sheet, document, letters, samples};

fn notices() -> Vec<(&'static str, Notice)> {
    samples::every().expect("samples")
}

fn bytes(notice: &Notice, language: Language, fonts: &NoticeFonts) -> Vec<u8> {
    let document = NoticeDocument::of(notice, language, fonts).expect("set");
    let mut bytes = Vec::new();
    document.write(&mut bytes).expect("written");
    bytes
}

/// A return order for this reason, by a body of this name.
fn because(reason: &str, body: &str) -> Notice {
    let (_, mut notice) = notices().swap_remove(4);
    let NoticeContent::ReturnOrder(order) = &mut notice.content else {
        panic!("the fifth sample is a return order");
    };
    order.reason = reason.to_owned();
    notice.award.body = domain::LocalizedText::new(body, body);
    notice
}

/// What is set on each page but its foot, without white space; nothing runs off a page.
fn set_pages(notice: &Notice, language: Language, fonts: &NoticeFonts) -> Vec<String> {
    let document = set(notice, language, fonts);
    let pages = document.pages().len();
    let number = seen(&Sheet::of(notice, language).number, fonts);
    let page = |(page, place): (&Page, usize)| {
        let mut text = String::new();
        collect(&page.frame, Abs::zero(), page.frame.width(), &mut text);
        let body = text.strip_suffix(&format!("{number}{place}/{pages}"));
        body.expect("a foot at the end of each page").to_owned()
    };
    document.pages().iter().zip(1..).map(page).collect()
}

#[expect(
    clippy::arithmetic_side_effects,
    reason = "lengths of the engine, which saturate"
)]
fn collect(frame: &Frame, from: Abs, page_width: Abs, text: &mut String) {
    for (position, item) in frame.items() {
        let from = from + position.x;
        match item {
            FrameItem::Group(group) => collect(&group.frame, from, page_width, text),
            FrameItem::Text(item) => {
                let until = from + item.width();
                assert!(until <= page_width, "{} runs off the page", item.text);
                text.push_str(&without_space(&item.text));
            }
            _ => {}
        }
    }
}

fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What an independent reader finds in the file: the text of each page. The reader puts white space
/// between the pieces in which a line is drawn; between Japanese letters there is none.
fn read(bytes: &[u8]) -> Vec<String> {
    let pdf = lopdf::Document::load_mem(bytes).expect("a PDF");
    let pages = pdf.get_pages().into_keys();
    let texts = pages.map(|page| pdf.extract_text(&[page]).expect("a text"));
    texts.map(|text| joined(&text)).collect()
}

fn joined(text: &str) -> String {
    let mut joined = String::new();
    for piece in text.split_whitespace() {
        let latin = joined.ends_with(|last: char| last.is_ascii())
            && piece.starts_with(|first: char| first.is_ascii());
        if latin {
            joined.push(' ');
        }
        joined.push_str(piece);
    }
    joined
}

/// A text in lines of so many characters, to be looked at.
fn in_lines(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let lines = letters.chunks(72).map(String::from_iter);
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_notice_is_read_by_another_program_as_it_was_written() {
    let Some(fonts) = installed() else { return };
    for (name, notice) in notices() {
        for language in Language::ALL {
            let document = NoticeDocument::of(&notice, language, fonts).expect("set");
            assert!(document.written_out().is_empty(), "{name}");
            let pages = read(&bytes(&notice, language, fonts));
            assert_eq!(pages.len(), document.pages(), "{name}");
            let pages: Vec<_> = pages.iter().map(|page| in_lines(page)).collect();
            let snapshot = format!("{name}-{}", language.code());
            insta::assert_snapshot!(snapshot, pages.join("\n---- page ----\n"));
        }
    }
}

#[test]
fn a_record_without_its_panel_says_nothing_of_seats_and_votes() {
    let (_, mut notice) = notices().swap_remove(5);
    let said = |notice: &Notice| {
        let sheet = Sheet::of(notice, Language::Ja);
        serde_json::to_string(&sheet).expect("a sheet")
    };
    let hidden = [
        NoticeWord::Seat,
        NoticeWord::Votes,
        NoticeWord::Recommendation,
        NoticeWord::Departs,
    ];
    let hidden = hidden.map(|word| format!("\"{}\"", wording::of(word, Language::Ja)));
    let whole = said(&notice);
    let NoticeContent::GateRecord(record) = &mut notice.content else {
        panic!("the sixth sample is a record");
    };
    (record.panel, record.recommendation, record.departs) = (None, None, None);
    let copy = said(&notice);
    for word in hidden {
        assert!(whole.contains(&word) && !copy.contains(&word), "{word}");
    }
    assert!(!copy.contains("副島"), "{copy}");
}

#[test]
fn the_same_notice_is_the_same_bytes_and_another_has_another_id() {
    let Some(fonts) = installed() else { return };
    let id = |bytes: &[u8]| {
        let pdf = lopdf::Document::load_mem(bytes).expect("a PDF");
        let id = pdf.trailer.get(b"ID").and_then(lopdf::Object::as_array);
        id.expect("an id").first().cloned().expect("one")
    };
    let notice = because("理由", "株式会社見本");
    let first = bytes(&notice, Language::Ja, fonts);
    let other = bytes(&because("別の理由", "株式会社見本"), Language::Ja, fonts);
    assert_eq!(bytes(&notice, Language::Ja, fonts), first);
    assert_ne!(id(&other), id(&first));
    assert_ne!(id(&bytes(&notice, Language::En, fonts)), id(&first));
}

#[test]
fn the_file_is_dated_on_the_day_of_the_act() {
    let Some(fonts) = installed() else { return };
    let pdf = lopdf::Document::load_mem(&bytes(&because("理由", "見本"), Language::Ja, fonts));
    let pdf = pdf.expect("a PDF");
    let info = pdf
        .trailer
        .get(b"Info")
        .and_then(lopdf::Object::as_reference);
    let info = pdf.get_dictionary(info.expect("a reference")).expect("it");
    let date = |key| {
        info.get(key)
            .and_then(lopdf::Object::as_str)
            .expect("a date")
    };
    assert!(date(b"CreationDate").starts_with(b"D:20260601"));
}

#[test]
fn what_the_font_has_no_letter_for_and_what_nobody_sees_stands_as_code_points() {
    let Some(fonts) = installed() else { return };
    let notice = because(
        "顔は\u{1f600}、向きは\u{202e}逆\u{0}",
        "葛\u{e0100}飾・﨑\u{e000}",
    );
    let document = NoticeDocument::of(&notice, Language::Ja, fonts).expect("set");
    let written_out: Vec<_> = document.written_out().iter().copied().collect();
    assert_eq!(written_out, ['\0', '\u{202e}', '\u{e000}', '\u{1f600}']);
    let text = read(&bytes(&notice, Language::Ja, fonts)).concat();
    for seen in [
        "顔は〔U+1F600〕、向きは〔U+202E〕逆〔U+0000〕",
        "飾・﨑〔U+E000〕",
        "〔U+〕に続く",
    ] {
        assert!(text.contains(seen), "{seen} in {text}");
    }
}

#[test]
fn a_word_without_end_is_broken_and_stays_on_the_page() {
    let Some(fonts) = installed() else { return };
    let word = "x".repeat(2_000);
    let kana = "あ".repeat(2_000);
    for text in [&word, &kana] {
        let notice = because(text, text.get(..600).expect("long"));
        let set = set_pages(&notice, Language::Ja, fonts).concat();
        assert!(set.contains(text.as_str()));
    }
}

fn set(notice: &Notice, language: Language, fonts: &NoticeFonts) -> PagedDocument {
    let mut sheet = serde_json::to_value(Sheet::of(notice, language)).expect("a sheet");
    let _written_out = letters::write_out(&mut sheet, fonts);
    sheet["letters"] = serde_json::Value::Null;
    sheet["font"] = fonts.family().into();
    document::set(sheet.to_string(), fonts).expect("set")
}

/// What of a text is seen, without white space.
fn seen(text: &str, fonts: &NoticeFonts) -> String {
    let mut value = text.into();
    let _written_out = letters::write_out(&mut value, fonts);
    without_space(value.as_str().expect("a text"))
}
