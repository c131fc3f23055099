//! A batch as ISO 20022 `pain.001.001.03` (customer credit transfer initiation), the version that
//! the Japanese bulk service takes.
//!
//! Yen as integers, accounts by their own numbers, banks by the domestic clearing system's: four
//! digits of the bank and three of the branch. Names are in transfer letters, as in every file for a
//! Japanese bank. Texts keep the lengths of the schema and, where they name something, the letters
//! that ISO 20022 messages are limited to; what does not fit is refused with the row named.

#[cfg(test)]
mod tests;

use std::io::{self, Write};

use chrono::{DateTime, SecondsFormat, Utc};
use domain::bank::{Bic, DepositKind};
use domain::payment::{AMOUNT_MAX, AccountDetails};
use domain::{Currency, InputRule, Refusal};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::error::{ExportError, Unwritable};
use crate::payments::{PaymentLine, PaymentOrder};
use crate::tally::{Hashing, Sums, Tally};

/// The message's name space, which names its version.
const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03";

/// The Japanese clearing system, in the external code list of ISO 20022.
const CLEARING_SYSTEM: &str = "JPZGN";

/// Characters of a name of a message, batch or payment.
const NAME_CHARS_MAX: usize = 35;

/// A credit transfer initiation that is being written.
pub struct CreditTransfer<'a, W: Write> {
    order: &'a PaymentOrder<'a>,
    xml: Xml<W>,
    sums: Sums,
}

/// Whether a bank could take `lines` as this message.
///
/// # Errors
/// [`ExportError::Unwritable`], naming the first row and field that has no form in it.
pub fn check<'a>(
    order: &PaymentOrder<'_>,
    lines: impl IntoIterator<Item = PaymentLine<'a>>,
) -> Result<(), ExportError> {
    let mut transfer = CreditTransfer::begin(order, io::sink())?;
    for line in lines {
        transfer.push(&line)?;
    }
    transfer.finish().map(drop)
}

impl<'a, W: Write> CreditTransfer<'a, W> {
    /// Begins the message with what it says about all payments.
    ///
    /// # Errors
    /// [`ExportError::Unwritable`] where the batch has no form in it, or when `out` takes no more.
    pub fn begin(order: &'a PaymentOrder<'a>, out: W) -> Result<Self, ExportError> {
        order.check()?;
        if order.total.currency() != Currency::JPY {
            return Err(Unwritable::form(0, "total", InputRule::Form).into());
        }
        let number = name(0, "number", order.number)?;
        let (rows, total) = (order.rows.to_string(), order.total.amount());
        let payer = &order.originator.account;
        let mut xml = Xml(Writer::new_with_indent(Hashing::new(out), b' ', 1));
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.event(Event::Start(
            BytesStart::new("Document").with_attributes([("xmlns", NAMESPACE)]),
        ))?;
        xml.open("CstmrCdtTrfInitn")?;
        xml.open("GrpHdr")?;
        xml.leaf("MsgId", number)?;
        xml.leaf("CreDtTm", &instant(order.approved_at))?;
        xml.leaf("NbOfTxs", &rows)?;
        xml.leaf("CtrlSum", &total)?;
        xml.party("InitgPty", payer.holder.as_str())?;
        xml.close("GrpHdr")?;
        xml.open("PmtInf")?;
        xml.leaf("PmtInfId", number)?;
        xml.leaf("PmtMtd", "TRF")?;
        xml.leaf("NbOfTxs", &rows)?;
        xml.leaf("CtrlSum", &total)?;
        xml.leaf("ReqdExctnDt", &order.value_date.to_string())?;
        xml.party("Dbtr", payer.holder.as_str())?;
        xml.account("DbtrAcct", payer)?;
        xml.agent("DbtrAgt", payer, order.originator.bic.as_ref())?;
        let sums = Sums::default();
        Ok(Self { order, xml, sums })
    }

    /// Writes one payment.
    ///
    /// # Errors
    /// [`ExportError::Unwritable`] naming the row and its field, or when no more bytes are taken.
    pub fn push(&mut self, line: &PaymentLine<'_>) -> Result<(), ExportError> {
        let row = self.sums.next_row();
        let yen = line.yen(&mut self.sums, AMOUNT_MAX)?.to_string();
        let payee = &line.payment.account;
        let reference = name(row, "reference", &line.payment.reference)?;
        let xml = &mut self.xml;
        xml.open("CdtTrfTxInf")?;
        xml.open("PmtId")?;
        xml.leaf("EndToEndId", reference)?;
        xml.close("PmtId")?;
        xml.open("Amt")?;
        xml.event(Event::Start(
            BytesStart::new("InstdAmt").with_attributes([("Ccy", Currency::JPY.code())]),
        ))?;
        xml.event(Event::Text(BytesText::new(&yen)))?;
        xml.close("InstdAmt")?;
        xml.close("Amt")?;
        xml.agent("CdtrAgt", payee, None)?;
        xml.party("Cdtr", payee.holder.as_str())?;
        xml.account("CdtrAcct", payee)?;
        Ok(xml.close("CdtTrfTxInf")?)
    }

    /// Ends the message.
    ///
    /// # Errors
    /// [`ExportError::Unwritable`] unless the rows are those that were approved, or when no more
    /// bytes are taken.
    pub fn finish(mut self) -> Result<Tally, ExportError> {
        self.order.check_written(&self.sums)?;
        for element in ["PmtInf", "CstmrCdtTrfInitn", "Document"] {
            self.xml.close(element)?;
        }
        let mut out = self.xml.0.into_inner();
        out.write_all(b"\n")?;
        Ok(out.finish(self.sums)?)
    }
}

/// The elements of the message, as they come.
struct Xml<W: Write>(Writer<Hashing<W>>);

impl<W: Write> Xml<W> {
    fn event(&mut self, event: Event<'_>) -> io::Result<()> {
        self.0.write_event(event)
    }

    fn open(&mut self, element: &str) -> io::Result<()> {
        self.event(Event::Start(BytesStart::new(element)))
    }

    fn close(&mut self, element: &str) -> io::Result<()> {
        self.event(Event::End(BytesEnd::new(element)))
    }

    fn leaf(&mut self, element: &str, text: &str) -> io::Result<()> {
        self.open(element)?;
        self.event(Event::Text(BytesText::new(text)))?;
        self.close(element)
    }

    fn party(&mut self, element: &str, name: &str) -> io::Result<()> {
        self.open(element)?;
        self.leaf("Nm", name)?;
        self.close(element)
    }

    fn account(&mut self, element: &str, account: &AccountDetails) -> io::Result<()> {
        self.open(element)?;
        self.open("Id")?;
        self.open("Othr")?;
        self.leaf("Id", &account.number.to_string())?;
        self.close("Othr")?;
        self.close("Id")?;
        self.open("Tp")?;
        self.leaf("Prtry", &deposit_kind(account.deposit_kind))?;
        self.close("Tp")?;
        self.leaf("Ccy", Currency::JPY.code())?;
        self.close(element)
    }

    fn agent(
        &mut self,
        element: &str,
        account: &AccountDetails,
        bic: Option<&Bic>,
    ) -> io::Result<()> {
        self.open(element)?;
        self.open("FinInstnId")?;
        if let Some(bic) = bic {
            self.leaf("BIC", &bic.to_string())?;
        }
        self.open("ClrSysMmbId")?;
        self.open("ClrSysId")?;
        self.leaf("Cd", CLEARING_SYSTEM)?;
        self.close("ClrSysId")?;
        self.leaf("MmbId", &format!("{}{}", account.bank, account.branch))?;
        self.close("ClrSysMmbId")?;
        self.close("FinInstnId")?;
        self.close(element)
    }
}

/// The digit by which Japanese banks know the kind.
fn deposit_kind(kind: DepositKind) -> String {
    kind.digit().to_string()
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// `text` where it may name something in the message: not empty, at most 35 characters, and of the
/// letters and signs that every bank takes.
fn name<'t>(row: usize, field: &'static str, text: &'t str) -> Result<&'t str, Unwritable> {
    let outside =
        |letter: &char| !letter.is_ascii_alphanumeric() && !"/-?:().,'+ ".contains(*letter);
    if let Some((place, letter)) = (1..).zip(text.chars()).find(|(_, letter)| outside(letter)) {
        let character = letter.to_string();
        let refusal = Refusal::NameNotWritable { character, place };
        return Err(Unwritable::new(row, field, refusal));
    }
    if text.trim().is_empty() {
        return Err(Unwritable::form(row, field, InputRule::Required));
    }
    if text.len() > NAME_CHARS_MAX {
        return Err(Unwritable::form(row, field, InputRule::Length));
    }
    Ok(text)
}
