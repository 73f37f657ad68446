/**
 * 証明書の手数料を、料金の表から計算します。
 * @en Works out the fees of certificates from a table of charges.
 */

// 料金表：１通の料金と、郵送のときに足す額。料金が変わったら、ここを直します。
const 料金表 = {
    住民票の写し: { 料金: 300, 郵送: 0 },
    戸籍全部事項証明書: { 料金: 450, 郵送: 0 },
    除籍全部事項証明書: { 料金: 750, 郵送: 0 },
    印鑑登録証明書: { 料金: 300, 郵送: null },
    所得証明書: { 料金: 300, 郵送: 0 },
};

// 手数料をとらない使いみち。
const 免除 = ["公的年金", "生活保護", "児童扶養手当"];

/**
 * １件の手数料を計算します。
 * @en Works out the fee of one request.
 * @param {"住民票の写し"|"戸籍全部事項証明書"|"除籍全部事項証明書"|"印鑑登録証明書"|"所得証明書"} 種類 - 証明書の種類 / the kind of certificate
 * @param {integer} [通数] - 通数（なければ 1 通） / copies, one if left out
 * @param {boolean} [郵送] - 郵送の請求か / whether it was requested by post
 * @param {string} [使いみち] - 使いみち（公的年金などは無料） / what it is for
 * @returns {integer} 手数料（円）
 */
export function 計算(種類, 通数 = 1, 郵送 = false, 使いみち = "") {
    const 行 = 料金表[種類];
    if (通数 < 1 || 通数 > 50) reject(`通数が ${通数} です。1 から 50 までです。`);
    if (郵送 && 行.郵送 === null) reject(`${種類}は郵送では請求できません。`);
    if (免除.includes(使いみち.trim())) return 0;
    return (行.料金 + (郵送 ? 行.郵送 : 0)) * 通数;
}

/**
 * 納めた額と手数料をくらべ、過不足を返します。
 * @en Compares what was paid with the fee and says what is missing or too much.
 * @param {integer} 手数料 - 手数料（円） / the fee
 * @param {integer} 納付額 - 定額小為替などの額（円） / what was paid
 * @returns {object} 過不足（円、足りないと負の数）と、ことば
 */
export function 過不足(手数料, 納付額) {
    const 差 = 納付額 - 手数料;
    const ことば = 差 === 0 ? "ちょうど" : 差 < 0 ? `${-差} 円足りません` : `${差} 円お返しします`;
    return { 差額: 差, ことば };
}
