//! Commands that every office needs, and the words that all commands take.

use super::Help;

pub(super) const HELP: &[Help] = &[
    (
        "yakin",
        "夜勤：市役所の夜の仕事をする RPA",
        "yakin: an RPA that works the city hall's nights",
    ),
    (
        "yakin office",
        "事務所のフォルダー（office.yaml のある所。省略すると今いる所から上へ探す）",
        "the office's folder (where office.yaml is; found upwards from here, if none)",
    ),
    (
        "yakin lang",
        "表示の言葉（ja または en）",
        "language to speak (ja or en)",
    ),
    (
        "yakin furigana",
        "説明の漢字に、読みを付ける（steps・explain・exercise）",
        "show how the words of Japanese help pages are read",
    ),
    ("yakin help", "説明を見る", "read this help"),
    ("yakin version", "版を見る", "show the version"),
    (
        "secret",
        "利用者IDやパスワードを預ける・確かめる・捨てる",
        "keep, list and remove users and passwords",
    ),
    (
        "secret set",
        "預ける。値は入力を求めるので、ここには書かない",
        "set one; the value is asked for, never written here",
    ),
    (
        "secret set name",
        "名前（例: 受付.パスワード）",
        "its name (such as 受付.パスワード)",
    ),
    (
        "secret set host",
        "入力してよい相手（何度でも書ける。省略するとシステムの本番の接続先）",
        "a host it may be typed into (repeatable; the system's real one, if none)",
    ),
    (
        "secret set expires",
        "この日まで使える（省略すると期限なし）",
        "valid until this day (for ever, if none)",
    ),
    (
        "secret set stdin",
        "値を標準入力から1行読む",
        "read the value as one line from standard input",
    ),
    (
        "secret list",
        "名前と期限を見る（値は見えない）",
        "see names and expiry (never values)",
    ),
    ("secret remove", "捨てる", "remove one"),
    ("secret remove name", "名前", "its name"),
    (
        "practice",
        "練習市役所を動かす（Ctrl-C で止まる）",
        "run the practice city (Ctrl-C ends it)",
    ),
    (
        "practice port",
        "ポート番号（省略すると office.yaml の practice.port、0 なら空いている番号）",
        "port (practice.port of office.yaml, if none; 0 takes a free one)",
    ),
    (
        "practice deliver",
        "練習用の申請の表を inbox に届ける",
        "put practice requests into inbox",
    ),
    (
        "practice deliver date",
        "何日の分か（省略すると今日）",
        "for which day (today, if none)",
    ),
    (
        "practice deliver count",
        "受け付けられる請求の数（省略すると 20。ほかに、差し戻しになるものが3件入る）",
        "how many requests that can be registered (20, if none); three more are to be rejected",
    ),
    (
        "doctor",
        "夜の仕事に要るものがそろっているかを調べ、足りないものの入れ方・持ち込み方を言う",
        "look at everything that a night needs, and say how to get what is missing",
    ),
    (
        "doctor offline",
        "網につながらない機械として、持ち込むものを言う",
        "say what to bring, as for a closed network",
    ),
    (
        "doctor deep",
        "記録を全部読み、食い違い・壊れ・書き換えがないかを確かめる（時間がかかる）",
        "read everything stored and look for contradictions, damage and changes (takes a while)",
    ),
    ("doctor json", "1行に1つの JSON で出す", "one JSON object a line"),
    (
        "backup",
        "記録と写真を1つのファイルに写す（実行中でもよい）",
        "copy records and pictures into one file (also while runs are at work)",
    ),
    (
        "backup file",
        "書くファイル（省略すると backup/yakin-日時.tar）。あるファイルは上書きしない",
        "the file to write (backup/yakin-TIME.tar, if none); never overwrites",
    ),
    (
        "backup with_key",
        "鍵も入れる（そのファイルだけで、だれでも中を読めるようになる）",
        "put the key inside too (then the file alone is enough to read everything)",
    ),
    (
        "restore",
        "バックアップに戻す。戻した後に、記録が相手のシステムと合うことを確認する",
        "go back to a backup; afterwards confirm that the records agree with the other system",
    ),
    ("restore file", "バックアップのファイル", "the backup"),
    (
        "restore into",
        "ここの記録には触らず、別の事務所のフォルダーに戻す",
        "restore into the folder of another office, and leave this one's records alone",
    ),
    (
        "restore replace",
        "いまの記録を置き換える（消さずに .yakin/before-restore-… に移す）",
        "replace the records that are here (they are moved to .yakin/before-restore-…, not deleted)",
    ),
    (
        "restore key",
        "別に保管した鍵（office.key）",
        "the key (office.key) that was kept elsewhere",
    ),
    (
        "restore despite_damage",
        "食い違いがあっても戻す（ほかにバックアップがないとき）",
        "restore although it contradicts itself (when there is no other backup)",
    ),
    (
        "restore confirm",
        "このボット（シナリオの id）の記録が相手のシステムと合うことを確認したと残す",
        "write down that the records of this bot (a scenario's id) were found to agree with its system",
    ),
    (
        "restore by",
        "だれが（省略すると、この機械の利用者）",
        "who says so (whoever uses this machine, if nobody is named)",
    ),
    (
        "kit",
        "網につながらない機械へ持ち込む一式を作る・確かめる",
        "make or check the archive for machines without a network",
    ),
    (
        "kit make",
        "yakin と chromedriver と手引きを、ハッシュ付きの1つのファイルにまとめる",
        "pack yakin, chromedriver and the guides into one file with its hashes",
    ),
    ("kit make out", "作るファイル（.tar.gz）", "the file to make (.tar.gz)"),
    (
        "kit make driver",
        "入れる chromedriver（省略すると、いま使っているもの）",
        "the chromedriver to pack (the one in use, if none)",
    ),
    (
        "kit make browser",
        "入れるブラウザーのパッケージ（.deb）かフォルダー（いくつでも）",
        "packages (.deb) or folders of the browser to pack (any number)",
    ),
    (
        "kit make models",
        "入れる文字認識のモデルのフォルダー",
        "a folder of recognition models to pack",
    ),
    (
        "kit check",
        "ハッシュを確かめ、この機械に合うかを調べる",
        "check its hashes, and whether it fits this machine",
    ),
    (
        "kit check kit",
        "キットのファイルか、広げたフォルダー",
        "the kit's file, or the folder it was unpacked into",
    ),
    ("kit check json", "1行に1つの JSON で出す", "one JSON object a line"),
];
