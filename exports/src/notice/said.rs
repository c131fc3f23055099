//! A notice says nothing that was not done, and what undid it.

use domain::closing::ReturnKind;
use domain::report::{Notice, NoticeContent, NoticeSentence, NoticeWord};
use domain::wording::{self, Language};
use domain::{Currency, Money};

use super::{Sheet, samples};

/// The sample of this name.
fn sample(name: &str) -> Notice {
    let samples = samples::every().expect("samples");
    let found = samples.into_iter().find(|(known, _)| *known == name);
    found.expect("a sample").1
}

fn said(notice: &Notice, language: Language) -> String {
    serde_json::to_string(&Sheet::of(notice, language)).expect("a sheet")
}

/// The return order of the samples, in good faith.
fn in_good_faith(after_act_10: bool, stands: i64) -> Notice {
    let mut notice = sample("return-order");
    let NoticeContent::ReturnOrder(order) = &mut notice.content else {
        panic!("an order");
    };
    order.kind = ReturnKind::GoodFaith;
    order.after_act_10 = after_act_10;
    order.stands = Money::of_minor(stands, Currency::JPY);
    notice
}

#[test]
fn an_order_in_good_faith_names_a_cancellation_only_after_one() {
    for language in Language::ALL {
        let says = |after, sentence| {
            let text = wording::of(sentence, language);
            said(&in_good_faith(after, 1), language).contains(&text)
        };
        assert!(says(true, NoticeSentence::ReturnInGoodFaith));
        assert!(!says(false, NoticeSentence::ReturnInGoodFaith));
        assert!(says(false, NoticeSentence::ReturnUnderConditions));
    }
    let order = said(&in_good_faith(false, 1), Language::Ja);
    assert!(!order.contains("第10条") && !order.contains("取り消したので"));
}

#[test]
fn an_order_that_is_rescinded_says_so_before_its_amount() {
    for language in Language::ALL {
        let undone = wording::of(NoticeSentence::OrderRescinded, language);
        assert!(!said(&in_good_faith(true, 1), language).contains(&undone));
        let said = said(&in_good_faith(true, 0), language);
        let amount = wording::of(NoticeWord::Ordered, language);
        let (first, then) = (said.find(&undone), said.find(&format!("\"{amount}\"")));
        assert!(first.is_some() && first < then, "{said}");
    }
}

#[test]
fn a_change_is_called_a_change_and_opens_no_term_to_withdraw() {
    for language in Language::ALL {
        let word = |word| wording::of(word, language);
        for (name, changed) in [("decision", false), ("decision-changed", true)] {
            let sheet = said(&sample(name), language);
            let title = format!("\"title\":\"{}\"", word(NoticeWord::DecisionChanged));
            assert_eq!(sheet.contains(&title), changed);
            assert_eq!(sheet.contains(&word(NoticeWord::WithdrawalDays)), !changed);
        }
    }
}
