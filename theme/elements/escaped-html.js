/** Text as it stands in HTML, and in the values of attributes. @param {string} text */
export const escapedHtml = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
