import { define } from "../../elements/define.js";
import { OneOfElement } from "../../elements/options.js";

define("q-choice", class extends OneOfElement {});
