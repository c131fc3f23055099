//! The awards of the demonstration, told as data: one file a theme.
//!
//! Between them every state, every outcome, every blocker and every way of money occurs that can;
//! `tests/stories/demonstration` names one that is missing, and says of the few that cannot occur why.
//! The body whose parts can be taken has several awards, and everybody has something to do.

mod amr;
mod device;
mod rare;
mod samd;

use super::story::Story;

/// Every story, in the order in which the awards were decided: so they are numbered.
pub(super) fn in_order() -> Vec<&'static Story> {
    let themes = [samd::STORIES, amr::STORIES, rare::STORIES, device::STORIES];
    let mut stories: Vec<&Story> = themes.into_iter().flatten().collect();
    stories.sort_by_key(|story| story.offered);
    stories
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::bodies::APPLICANTS;
    use super::super::setting::BEGAN;
    use super::*;

    #[test]
    fn every_body_has_an_award_and_every_award_a_body() {
        let stories = in_order();
        let applying: BTreeSet<_> = stories.iter().map(|story| story.applicant).collect();
        let bodies: BTreeSet<_> = APPLICANTS.iter().map(|body| body.base).collect();
        assert_eq!(applying, bodies);
        assert!(stories.len() >= 24 && bodies.len() == 20);
    }

    #[test]
    fn days_follow_each_other_and_lie_before_the_seeding() {
        for story in in_order() {
            let mut before = story.offered;
            assert!(before > BEGAN, "{}", story.en);
            for (day, deed) in story.deeds {
                assert!(before <= *day && *day < 0, "{}: {day} {deed:?}", story.en);
                before = *day;
            }
            let is_ascending = story.due.windows(2).all(|pair| pair[0] < pair[1]);
            assert!(is_ascending && story.offered < story.due[0], "{}", story.en);
        }
    }

    #[test]
    fn titles_say_that_they_are_made_up() {
        for story in in_order() {
            assert!(story.ja.ends_with("（架空）") && story.en.ends_with("(fictitious)"));
        }
    }
}
