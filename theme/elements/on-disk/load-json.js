import { textOf } from "./texts.js";

/** @param {string} address from the top of the course @returns {Promise<any>} */
export const loadJson = async (address) => JSON.parse(await textOf(address));
