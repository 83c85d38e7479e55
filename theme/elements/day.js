/** A date as the learner's calendar has it. A day starts at four, so that a late evening still counts to its day.
 * @param {Date} [now]
 */
export function today(now = new Date()) {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - (now.getHours() < 4 ? 1 : 0));
  const part = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${day.getFullYear()}-${part(day.getMonth() + 1)}-${part(day.getDate())}`;
}
