/**
 * Forms in a frame that sends none. A browser that is told so by the sandbox around a page does not even say that a
 * form was about to be sent, so no answer would ever be checked. Here the button says it, as the browser would.
 */
addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("button, input");
  if (!(button instanceof HTMLButtonElement || button instanceof HTMLInputElement)) return;
  const { form } = button;
  if (event.defaultPrevented || !form || button.type !== "submit") return;
  event.preventDefault();
  if (form.noValidate || form.reportValidity())
    form.dispatchEvent(new SubmitEvent("submit", { bubbles: true, cancelable: true, submitter: button }));
});
