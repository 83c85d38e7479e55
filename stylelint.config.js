export default {
  extends: "stylelint-config-standard",
  rules: {
    // What the head of theme/assets/alongside.css promises.
    "declaration-no-important": true,
    "selector-max-id": 0,
    "property-disallowed-list": ["left", "right", "/^(margin|padding|border)-(left|right)/"],
    // The build looks for names in quotation marks.
    "import-notation": "string",
    // block, block__element, block--modifier
    "selector-class-pattern": "^[a-z]+(-[a-z]+)*(__[a-z]+(-[a-z]+)*)?(--[a-z]+)?$",
    // Browsers of old phones do not know `width >= 48rem`.
    "media-feature-range-notation": "prefix",
    // Safari knows no other.
    "property-no-vendor-prefix": [true, { ignoreProperties: ["text-size-adjust"] }],
    // Names of fonts.
    "value-keyword-case": ["lower", { ignoreProperties: ["/^--/"] }],
    // It compares a link in the bar with one in the foot, which never meet.
    "no-descending-specificity": null,
  },
};
