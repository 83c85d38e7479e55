/**
 * Keeps a preview in step with the files: reloads the page when they have changed, and shows what is
 * wrong with them until it is mended. Only the preview loads this; no built site holds it.
 */
const box = document.createElement("aside");
box.id = "alongside-preview";
box.setAttribute("aria-label", "Problems in the files");
box.setAttribute("role", "status");
box.hidden = true;
const style = new CSSStyleSheet();
style.replaceSync(`
  #alongside-preview {
    position: fixed;
    inset: auto 0 0;
    max-height: 50vh;
    overflow: auto;
    padding: 1rem 1.25rem;
    background: #2b1710;
    color: #fff;
    font: 1rem/1.5 ui-monospace, monospace;
    white-space: pre-wrap;
    border-top: 0.3rem solid #f0a877;
    z-index: 99;
  }
  #alongside-preview[hidden] {
    display: none;
  }
`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
document.body.append(box);

let version = null;
const events = new EventSource("/_alongside/events");
events.onmessage = (message) => {
  const state = JSON.parse(message.data);
  if (version !== null && state.version !== version) {
    location.reload();
    return;
  }
  version = state.version;
  box.textContent = state.problems;
  box.hidden = !state.problems;
};
