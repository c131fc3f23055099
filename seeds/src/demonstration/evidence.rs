//! Made-up evidence: small files of the types that applicants send.

use domain::criterion::EvidenceKind;

/// A file with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// A file of `kind` about `subject`: figures for data, a text for software, else a page.
pub(crate) fn file(kind: EvidenceKind, subject: &str) -> File {
    let stem = kind_name(kind);
    match kind {
        EvidenceKind::DataSet => File {
            name: format!("{stem}.csv"),
            bytes: figures(subject).into_bytes(),
        },
        EvidenceKind::Software => File {
            name: format!("{stem}.txt"),
            bytes: format!("Release record of {subject}\nAll of this is made up.\n").into_bytes(),
        },
        _ => File {
            name: format!("{stem}.pdf"),
            bytes: page(&format!("{stem}: {subject}")).into_bytes(),
        },
    }
}

const fn kind_name(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Report => "report",
        EvidenceKind::DataSet => "data-set",
        EvidenceKind::Protocol => "protocol",
        EvidenceKind::RegulatoryConsultation => "consultation-record",
        EvidenceKind::Certificate => "certificate",
        EvidenceKind::Agreement => "agreement",
        EvidenceKind::Software => "release-record",
        EvidenceKind::Other => "other",
    }
}

fn figures(subject: &str) -> String {
    let row = |case: i32| format!("{subject},{case},{}\r\n", case * 7 % 11);
    let rows: Vec<String> = (1..=20).map(row).collect();
    format!("subject,case,value\r\n{}", rows.concat())
}

/// One page of PDF with one line of ASCII text; other characters become question marks, because the
/// built-in fonts have no others.
fn page(line: &str) -> String {
    let plain = |c: char| match c {
        '(' | ')' | '\\' => ' ',
        c if c.is_ascii_graphic() || c == ' ' => c,
        _ => '?',
    };
    let line: String = line.chars().map(plain).collect();
    let text =
        format!("BT /F1 12 Tf 72 770 Td ({line}) Tj 0 -20 Td (All of this is made up.) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut table = vec!["0000000000 65535 f \n".to_owned()];
    for (number, object) in (1_u8..).zip(&objects) {
        table.push(format!("{:010} 00000 n \n", pdf.len()));
        pdf = [pdf, format!("{number} 0 obj\n{object}\nendobj\n")].concat();
    }
    let (start, count, table) = (pdf.len(), table.len(), table.concat());
    let trailer = format!("trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    format!("{pdf}xref\n0 {count}\n{table}{trailer}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_a_page_points_at_its_objects() {
        let pdf = page("Sample (株)");
        let table = pdf.split("xref\n0 6\n").nth(1).expect("a table");
        for (number, row) in table.lines().skip(1).take(5).enumerate() {
            let offset: usize = row[..10].parse().expect("an offset");
            assert!(pdf[offset..].starts_with(&format!("{} 0 obj", number + 1)));
        }
        assert!(pdf.is_ascii() && pdf.contains("(Sample  ? )"));
    }
}
