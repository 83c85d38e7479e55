/**
 * A page of this site as a document. This way of loading makes no use of HTML as text, which is closed to the site's
 * own scripts as well (Trusted Types). A course on a disk has another (on-disk/load-page.js).
 * @param {string} address
 * @returns {Promise<Document>}
 */
export const loadPage = (address) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.addEventListener("loadend", () =>
      request.status === 200 && request.responseXML
        ? resolve(request.responseXML)
        : reject(new Error(`${address} could not be loaded`))
    );
    request.send();
  });
