import { define } from "../../elements/define.js";
import { OneOfElement } from "../../elements/question-options.js";

define("q-scale", class extends OneOfElement {});
