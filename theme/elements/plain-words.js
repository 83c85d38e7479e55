/** What scripts have put into texts of a page: buttons, what they answer, and meanings that are open. */
const OURS = ".keep-line, .aloud, .meaning";

/**
 * The words of a place in one line, without what scripts have put there.
 * @param {Node | null | undefined} node
 * @param {string} [besides] what else is left out
 */
export function plainWords(node, besides) {
  if (!node) return "";
  const left = besides ? `${OURS}, ${besides}` : OURS;
  const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  let words = "";
  while (texts.nextNode())
    if (!texts.currentNode.parentElement?.closest(left)) words += texts.currentNode.nodeValue ?? "";
  return words.replace(/\s+/g, " ").trim();
}
