//! Messages 7290–7319: what `yakin doctor --deep` finds in the store, backups and restores.

use super::messages;

messages! {
    /// Everything stored was read, and every rule holds.
    DEEP_WELL = "YK7290" (items, runs, pictures) {
        ja "記録を全部読みました：明細 {items} 件、実行 {runs} 回、写真 {pictures} 枚。食い違いはありません。" / "";
        en "everything stored was read (items: {items}, runs: {runs}, pictures: {pictures}); nothing contradicts" / "";
    }
    /// The engine finds its file damaged.
    DEEP_ENGINE = "YK7291" (rule, count, places) {
        ja "データベースのファイルが壊れています（{rule}、{count} か所：{places}）。" / "実行を止め、このフォルダーをそのまま写しておいてから、yakin restore で最後のバックアップに戻してください。ディスクの故障も疑ってください。";
        en "The database file is damaged ({rule}, in all {count}: {places})." / "Stop all runs, keep a copy of this folder as it is, and go back to the last backup with `yakin restore`. The disk may be failing.";
    }
    /// Two items for one key.
    DEEP_ONE_ITEM = "YK7292" (rule, count, places) {
        ja "同じキーの件が2つあるか、持ち主のない受付番号があります（{rule}、{count} か所：{places}）。二重に登録するおそれがあります。" / "実行を止め、相手のシステムで、その件が二重になっていないかを確かめてください。記録は yakin restore で戻せます。";
        en "A key has two items, or a receipt has none ({rule}, in all {count}: {places}). Something might be registered twice." / "Stop all runs, and look in the other system whether it stands there twice. The records can be restored with `yakin restore`.";
    }
    /// Done without anything that proves it.
    DEEP_PROVED = "YK7293" (rule, count, places) {
        ja "「済」なのに、済んだという記録か写真の一覧がない件があります（{rule}、{count} か所：{places}）。" / "相手のシステムに登録されているかを、その件だけ確かめてください。";
        en "Some items are done with nothing that says how ({rule}, in all {count}: {places})." / "Look in the other system whether these are registered.";
    }
    /// Rows in no state, or sums that do not fit.
    DEEP_ONE_STATE = "YK7294" (rule, count, places) {
        ja "どの状態にもない件か、合計の合わない実行があります（{rule}、{count} か所：{places}）。報告書の件数を信じないでください。" / "元の表と、相手のシステムの件数を突き合わせてください。";
        en "Some items are in no state, or the sums of a run are wrong ({rule}, in all {count}: {places}). Do not trust its counts." / "Compare the table it worked on with the other system.";
    }
    /// An item moved on from its end.
    DEEP_FINAL = "YK7295" (rule, count, places) {
        ja "済んだはずの件が、また処理の対象になっています（{rule}、{count} か所：{places}）。二重に登録するおそれがあります。" / "次の実行の前に、相手のシステムで、その件が登録されているかを確かめてください。";
        en "Some items that were done are work again ({rule}, in all {count}: {places}). They might be registered twice." / "Before the next run, look in the other system whether they are registered.";
    }
    /// A row with the wrong epoch.
    DEEP_EPOCH = "YK7296" (rule, count, places) {
        ja "だれが書いたか分からない記録があります（{rule}、{count} か所：{places}）。夜勤のほかのプログラムが書き換えたおそれがあります。" / "データベースを直接書き換えた人がいないか、確かめてください。";
        en "Some rows do not belong to the run that they name ({rule}, in all {count}: {places}). Something else than yakin may have written them." / "Find out whether somebody has changed the database by hand.";
    }
    /// At work for nobody.
    DEEP_AT_WORK = "YK7297" (rule, count, places) {
        ja "「実行中」なのに、実行する人のいない件があります（{rule}、{count} か所：{places}）。だれも続きをしません。" / "この表示を運用担当に見せ、バックアップに戻すか、その件を手で処理してください。";
        en "Some items are at work and nobody works them ({rule}, in all {count}: {places})." / "Show this to the operator: restore a backup, or do these items by hand.";
    }
    /// A slot without its run.
    DEEP_SLOT = "YK7298" (rule, count, places) {
        ja "予定の記録に、あるはずの実行がありません（{rule}、{count} か所：{places}）。" / "その日の実行があったかを、結果のファイルで確かめてください。";
        en "The record of a schedule names a run that is not there ({rule}, in all {count}: {places})." / "See in the results whether that day's run took place.";
    }
    /// Two intents without anything in between.
    DEEP_INTENT = "YK7299" (rule, count, places) {
        ja "登録できたか分からないまま、もう一度登録しようとした件があります（{rule}、{count} か所：{places}）。" / "相手のシステムで、その件が二重になっていないかを確かめてください。そして、この表示を夜勤の開発元に知らせてください。";
        en "Some items were begun again before it was known what had become of them ({rule}, in all {count}: {places})." / "Look in the other system whether they stand there twice, and report this to the makers of yakin.";
    }
    /// The audit chain is broken.
    DEEP_AUDIT = "YK7300" (rule, count, places) {
        ja "監査記録が、書き換えられたか、欠けています（{rule}、{count} か所：{places}）。" / "この記録を証拠として使わないでください。だれがこの機械に入れたかを確かめ、上司に報告してください。";
        en "The audit record was changed, or part of it is missing ({rule}, in all {count}: {places})." / "Do not use it as evidence. Find out who could reach this machine, and report it.";
    }
    /// Attempts that overlap.
    DEEP_ATTEMPT = "YK7301" (rule, count, places) {
        ja "1つの実行の中で、同じ件を二重に始めた記録があります（{rule}、{count} か所：{places}）。" / "相手のシステムで、その件が二重になっていないかを確かめてください。";
        en "A run has begun an item twice at one time ({rule}, in all {count}: {places})." / "Look in the other system whether it stands there twice.";
    }
    /// Events missing.
    DEEP_EVENTS = "YK7302" (rule, count, places) {
        ja "実行の経過に、欠けているか読めない所があります（{rule}、{count} か所：{places}）。件の状態は別に記録されています。" / "その実行の報告書は不完全です。件の状態は yakin runs show で確かめられます。";
        en "The history of some runs has gaps or cannot be read ({rule}, in all {count}: {places}). The states of items are kept apart from it." / "Reports of these runs are incomplete. `yakin runs show` tells the states of their items.";
    }
    /// Sealed data does not open.
    DEEP_SEALED = "YK7303" (rule, count, places) {
        ja "暗号化した内容が開けません（{rule}、{count} か所：{places}）。書き換えられたか、壊れています。" / "バックアップに戻すか、その件を元の表から手で処理してください。secret なら yakin secret set で入れ直してください。";
        en "Some sealed contents do not open ({rule}, in all {count}: {places}): changed or damaged." / "Restore a backup, or do these items by hand from their table. A secret is set anew with `yakin secret set`.";
    }
    /// Pictures missing or changed.
    DEEP_EVIDENCE = "YK7304" (rule, count, places) {
        ja "写真が、なくなったか、書き換えられています（{rule}、{count} 枚：{places}）。件の状態には影響しません。" / "バックアップがあれば、.yakin/evidence の中の同じ名前のファイルを戻してください。";
        en "Pictures are missing or were changed ({rule}, {count}: {places}). The states of items do not depend on them." / "If there is a backup, put the files of the same names back into .yakin/evidence.";
    }
    /// The file is there already.
    BACKUP_THERE = "YK7305" (path) {
        ja "「{path}」は、もうあります。上書きはしません。" / "別の名前にするか、古いほうを移してください。";
        en "“{path}” is there already, and is not overwritten." / "Give another name, or move the old one away.";
    }
    /// No backup, or not whole.
    BACKUP_NOT_WHOLE = "YK7306" (path, detail) {
        ja "「{path}」は、夜勤のバックアップではないか、途中までしかありません（{detail}）。何も変えていません。" / "別のバックアップを使ってください。写し間違いなら、もう一度写してください。";
        en "“{path}” is no backup of yakin, or only part of one ({detail}). Nothing was changed." / "Use another backup, or copy it again.";
    }
    /// A part was changed.
    BACKUP_CHANGED = "YK7307" (path, part) {
        ja "「{path}」の中の {part} が、バックアップしたときのものと違います。何も変えていません。" / "別のバックアップを使ってください。";
        en "{part} in “{path}” is not what was backed up. Nothing was changed." / "Use another backup.";
    }
    /// A newer program's.
    BACKUP_NEWER = "YK7308" (path, program) {
        ja "「{path}」は、もっと新しい夜勤（{program}）のバックアップです。" / "その版か、もっと新しい夜勤で戻してください。";
        en "“{path}” was made by a newer yakin ({program})." / "Restore it with that version or a newer one.";
    }
    /// The key is not there.
    BACKUP_NO_KEY = "YK7309" (path) {
        ja "「{path}」を開く鍵がありません。事務所の .yakin/office.key が、バックアップしたときのものと違うか、ありません。" / "別に保管した office.key を、--key ファイル で渡してください。鍵がなければ、だれにも読めません。";
        en "The key that opens “{path}” is not here: the office's .yakin/office.key is another one, or missing." / "Give the office.key that you kept with --key FILE. Without it nobody can read the backup.";
    }
    /// Another kind of database.
    BACKUP_OTHER_ENGINE = "YK7310" (backup, office) {
        ja "バックアップは {backup} のもので、この事務所の記録は {office} にあります。" / "office.yaml の storage を、バックアップしたときと同じにしてください。";
        en "The backup is of {backup}, and this office keeps its records in {office}." / "Make `storage` in office.yaml what it was then.";
    }
    /// Something is there.
    RESTORE_THERE = "YK7311" (path) {
        ja "「{path}」には、いまの記録があります。" / "置き換えるなら --replace を付けてください（いまの記録は消さずに、わきに移します）。別の所で見るだけなら --into フォルダー です。";
        en "“{path}” holds records already." / "Add --replace to replace them (they are moved aside, not deleted), or look at the backup elsewhere with --into FOLDER.";
    }
    /// A run is at work.
    RESTORE_RUNNING = "YK7312" (bot, run) {
        ja "「{bot}」が実行中です（実行番号 {run}）。実行中は戻せません。" / "終わるのを待つか、yakin runs cancel {run} で止めてから、もう一度どうぞ。";
        en "“{bot}” is being run (run {run}); nothing can be restored meanwhile." / "Wait until it has ended, or stop it with `yakin runs cancel {run}`.";
    }
    /// The backup's contents contradict each other.
    RESTORE_DAMAGED = "YK7313" (count) {
        ja "バックアップの中身に、食い違いが {count} か所あります（上の ×）。何も変えていません。" / "別のバックアップを使ってください。これしかないなら、--despite-damage を付けると、そのまま戻します。";
        en "The backup contradicts itself (× above; in all {count}). Nothing was changed." / "Use another backup. If this is the only one, --despite-damage restores it as it is.";
    }
    /// Nothing to do.
    RESTORE_WHAT = "YK7314" () {
        ja "どのバックアップを戻しますか。" / "yakin restore ファイル のように書いてください。戻した後の確認は yakin restore --confirm ボット --by 名前 です。";
        en "Which backup is to be restored?" / "Write `yakin restore FILE`. To confirm a bot after a restore: `yakin restore --confirm BOT --by NAME`.";
    }
    /// Nothing was restored.
    RESTORE_NOT_RESTORED = "YK7315" () {
        ja "この事務所の記録は、バックアップから戻したものではありません。確認は要りません。" / "";
        en "The records of this office were not restored from a backup: there is nothing to confirm." / "";
    }
    /// Where the database server is backed up.
    BACKUP_POSTGRES = "YK7316" () {
        ja "記録は PostgreSQL にあるので、このファイルには写真（と鍵）だけが入っています。" / "記録そのものは、同じときに pg_dump -Fc でバックアップしてください。戻すときは、先に pg_restore、次に yakin restore です。";
        en "The records are kept by PostgreSQL, so this file holds pictures (and the key) only." / "Back the records up with `pg_dump -Fc` at the same time. To go back: first pg_restore, then `yakin restore`.";
    }
    /// A server's database is not restored elsewhere.
    RESTORE_ON_SERVER = "YK7318" () {
        ja "記録が PostgreSQL にある事務所では、--into は使えません。" / "別のデータベースに pg_restore し、それを storage に書いた事務所で yakin restore してください。";
        en "--into does not work where PostgreSQL keeps the records." / "Use pg_restore into another database, and `yakin restore` in an office whose `storage` names it.";
    }
    /// A server's database was not put back before.
    RESTORE_EMPTY = "YK7319" () {
        ja "PostgreSQL のデータベースに、記録がありません。写真だけを戻しても、登録した件は「済」になりません。" / "先に pg_restore で記録を戻してから、もう1度 yakin restore してください。";
        en "The PostgreSQL database holds no records. Pictures alone do not tell what was registered." / "Put the records back with pg_restore first, then restore again.";
    }
    /// No such bot in the records.
    RESTORE_NO_BOT = "YK7317" (bot) {
        ja "「{bot}」というボットは、シナリオにも記録にもありません。" / "シナリオの id を、そのまま書いてください。";
        en "There is no bot “{bot}” in the scenarios or records." / "Write the scenario's id as it stands there.";
    }
}
