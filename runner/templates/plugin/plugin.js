/**
 * PLUGIN_NAME：ここに、何をするプラグインかを書きます。
 * @en Say here what the plugin is for.
 */

// export の付いた関数が、手順（plugin.PLUGIN_NAME.割引）になります。前のコメントが、その説明です。
// An exported function is a step. The comment before it is its help.

/**
 * 料金から割引を引きます。
 * @en Takes a discount off a charge.
 * @param {integer} 料金 - 料金（円） / the charge in yen
 * @param {number} [率] - 割引の率（0.1 は 10％。なければ 0.1） / the rate, 0.1 if left out
 * @returns {integer} 割引した料金（円）
 */
export function 割引(料金, 率 = 0.1) {
    // 仕事のうえで受け付けられないときは reject("理由")。その件は差し戻しになります。
    if (率 < 0 || 率 > 1) reject(`割引の率が ${率} です。0 から 1 までです。`);
    return Math.floor(料金 * (1 - 率));
}
