import { define } from "../../elements/define.js";
import { OneOfElement } from "../../elements/question-options.js";

define("q-choice", class extends OneOfElement {});
