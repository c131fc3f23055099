//! The made-up bodies of the demonstration.
//!
//! A corporate number with a base from 1 to 999 belongs to nobody: a real base number begins with the
//! four digits of a registry office, of which there is no 0000, or, for organs of the state, with
//! 000012. The check digit is computed, so that the numbers pass wherever a number is checked.

/// A body: the base of its corporate number, the word that its people are called by, and its name.
pub(super) struct Body {
    pub(super) base: u64,
    pub(super) word: (&'static str, &'static str),
    pub(super) name: (&'static str, &'static str),
    /// The name of its account in kana, as its passbook has it; empty for a body that is not paid.
    pub(super) kana: &'static str,
}

/// The base number of the body whose parts can be taken.
pub(super) const SAMPLE: u64 = 101;

macro_rules! bodies {
    ($( $base:literal $ja:literal $en:literal, $name_ja:literal $name_en:literal $($kana:literal)?; )+) => {
        &[$( Body {
            base: $base,
            word: ($ja, $en),
            name: ($name_ja, $name_en),
            kana: concat!("" $(, $kana)?),
        } ),+]
    };
}

/// Who applies.
pub(super) const APPLICANTS: &[Body] = bodies! {
    101 "見本" "Sample", "見本診断支援株式会社" "Sample Diagnostics Support Co." "ミホンシンダンシエン(カ";
    102 "例示" "Example", "例示創薬株式会社" "Example Therapeutics Co." "レイジソウヤク(カ";
    103 "仮想" "Virtual", "仮想病理株式会社" "Virtual Pathology Inc." "カソウビョウリ(カ";
    104 "模擬" "Mock", "模擬モーション株式会社" "Mock Motion Inc." "モギモーション(カ";
    105 "試作" "Prototype", "試作メディカル株式会社" "Prototype Medical Co." "シサクメディカル(カ";
    106 "雛形" "Template", "雛形ヘルス合同会社" "Template Health LLC" "ヒナガタヘルス(ド";
    107 "絵空" "Daydream", "絵空ファーマ株式会社" "Daydream Pharma Inc." "エソラファーマ(カ";
    108 "夢想" "Reverie", "夢想ワクチン株式会社" "Reverie Vaccines Co." "ムソウワクチン(カ";
    109 "蜃気楼" "Mirage", "蜃気楼バイオ株式会社" "Mirage Bio Inc." "シンキロウバイオ(カ";
    110 "月面" "Moonside", "月面微生物研究所株式会社" "Moonside Microbiology Labs Co." "ゲツメンビセイブツケンキュウジョ(カ";
    111 "竜宮" "Sea-Palace", "竜宮海洋創薬株式会社" "Sea-Palace Marine Drugs Co." "リュウグウカイヨウソウヤク(カ";
    112 "桃源" "Nowhere", "桃源遺伝子治療株式会社" "Nowhere Gene Therapies Co." "トウゲンイデンシチリョウ(カ";
    113 "寓話" "Fable", "寓話核酸医薬株式会社" "Fable Oligonucleotides Inc." "グウワカクサンイヤク(カ";
    114 "虚構" "Fiction", "虚構酵素株式会社" "Fiction Enzymes Co." "キョコウコウソ(カ";
    115 "幻影" "Phantom", "幻影神経科学株式会社" "Phantom Neuroscience Inc." "ゲンエイシンケイカガク(カ";
    116 "御伽" "Fairy-Tale", "御伽再生医療株式会社" "Fairy-Tale Regenerative Co." "オトギサイセイイリョウ(カ";
    117 "人形" "Puppet", "人形カテーテル株式会社" "Puppet Catheters Inc." "ニンギョウカテーテル(カ";
    118 "紙上" "On-Paper", "紙上医療機器株式会社" "On-Paper Devices Co." "シジョウイリョウキキ(カ";
    119 "演習" "Exercise", "演習ロボティクス株式会社" "Exercise Robotics Inc." "エンシュウロボティクス(カ";
    120 "雲上" "Cloudland", "雲上センシング株式会社" "Cloudland Sensing Co." "ウンジョウセンシング(カ";
};

/// Who the panel comes from: chair, deputy and the five reviewers in their order.
pub(super) const PANEL: &[Body] = bodies! {
    201 "架橋" "Make-Believe", "架橋大学" "Make-Believe University";
    202 "想像" "Invented", "想像財団" "Invented Foundation";
    203 "架空" "Fictitious", "架空医科大学" "Fictitious Medical University";
    204 "空想" "Imaginary", "空想研究所" "Imaginary Research Institute";
    205 "仮設" "Hypothetical", "仮設病院機構" "Hypothetical Hospital Organization";
    206 "仮称" "Provisional", "仮称工科大学" "Provisional Institute of Technology";
    207 "無名" "Unnamed", "無名医療センター" "Unnamed Medical Centre";
};
