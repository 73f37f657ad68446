//! Variant letters (異体字) of names and places, and the usual ones that stand for them.
//!
//! Only letters that one family writes now one way and now the other: 髙橋 and 高橋, 渡邉 and 渡辺. Letters that make another
//! name stay apart (斉 and 斎, 伊東 and 伊藤): who is not surely the same goes to a person.

/// The usual letter first, then its variants.
#[rustfmt::skip]
const GROUPS: &[&str] = &[
    "高髙", "崎﨑碕嵜", "辺邊邉", "斉齊", "斎齋", "沢澤", "浜濱濵", "広廣", "国國圀", "島嶋嶌", "桜櫻", "竜龍",
    "栄榮", "関關", "富冨", "真眞", "恵惠", "徳德", "吉𠮷", "土圡", "黒黑", "寿壽", "渕淵渊", "滝瀧", "曽曾", "学學",
    "条條", "当當", "万萬", "与與", "会會", "円圓", "塩鹽", "応應", "横橫", "亀龜", "気氣", "尭堯", "峰峯", "剣劍",
    "児兒", "実實", "渋澁", "晋晉", "瀬瀨", "清淸", "青靑", "静靜", "禅禪", "荘莊", "蔵藏", "団團", "伝傳", "弥彌",
    "柳栁", "来來", "頼賴", "緑綠", "礼禮", "郎郞", "薮藪籔", "遥遙", "槙槇", "鉄鐵", "闘鬪", "巌巖", "穂穗", "稲稻",
    "経經", "継繼", "総總", "縄繩", "聡聰", "館舘", "芸藝", "茎莖", "萌萠", "薫薰", "蛍螢", "衛衞", "覚覺", "豊豐",
    "銭錢", "険險", "隠隱", "雑雜", "霊靈", "顔顏", "駅驛", "鶏鷄", "麦麥", "黄黃", "柏栢", "桧檜", "桑桒", "橋槗",
    "浅淺", "涙淚", "温溫", "満滿", "灯燈", "献獻", "猪豬", "画畫", "県縣", "仏佛", "体體", "余餘", "参參", "双雙",
    "収收", "区區", "厳嚴", "囲圍", "図圖", "壱壹", "声聲", "売賣", "奥奧", "専專", "将將", "岳嶽", "巣巢", "帯帶",
    "庁廳", "従從", "徴徵", "悦悅", "戸戶", "抜拔", "拝拜", "拠據", "挙擧", "旧舊", "暁曉", "楽樂", "様樣", "枢樞",
    "栃杤", "欧歐", "毎每", "湾灣", "点點", "為爲", "瑶瑤", "発發", "秋穐龝", "窓窗", "竪豎", "絵繪", "虎乕", "触觸",
    "読讀", "譲讓", "転轉", "釈釋", "野埜", "鎮鎭", "頬頰", "鶴靍靏", "黙默", "恒恆", "鯵鰺",
];

/// Letters that Unicode keeps twice because IBM's extension of Shift_JIS did (CJK compatibility ideographs).
const TWICE: &[(char, char)] = &[
    ('\u{FA10}', '塚'),
    ('\u{FA12}', '晴'),
    ('\u{FA16}', '猪'),
    ('\u{FA17}', '益'),
    ('\u{FA18}', '礼'),
    ('\u{FA19}', '神'),
    ('\u{FA1A}', '祥'),
    ('\u{FA1B}', '福'),
    ('\u{FA1C}', '靖'),
    ('\u{FA1D}', '精'),
    ('\u{FA1E}', '羽'),
    ('\u{FA22}', '諸'),
    ('\u{FA26}', '都'),
    ('\u{FA2A}', '飯'),
    ('\u{FA2B}', '飼'),
    ('\u{FA2C}', '館'),
    ('\u{FA2D}', '鶴'),
    ('\u{F9DC}', '隆'),
    ('\u{F929}', '朗'),
];

/// The usual letter for a variant; any other letter is itself.
pub fn usual(letter: char) -> char {
    let once = TWICE
        .iter()
        .find(|(twice, _)| *twice == letter)
        .map_or(letter, |(_, once)| *once);
    let group = GROUPS
        .iter()
        .find(|group| group.chars().skip(1).any(|variant| variant == once));
    group.and_then(|group| group.chars().next()).unwrap_or(once)
}
