export default {
  extends: "stylelint-config-standard",
  rules: {
    // What the head of theme/assets/alongside.css promises.
    "declaration-no-important": true,
    "selector-max-id": 0,
    "property-disallowed-list": [
      "left",
      "right",
      "/^(margin|padding|border|scroll-margin|scroll-padding)-(left|right)/",
      "/^border-(top|bottom)-(left|right)-radius/",
    ],
    "declaration-property-value-disallowed-list": {
      "/^(text-align|float|clear|caption-side)$/": ["left", "right"],
      // Two sides that differ: the second of four values is right, the fourth left.
      "/^(margin|padding|inset|border-width|border-style|border-color)$/": [/^\S+ (\S+) \S+ (?!\1$)\S+$/],
      // Two to four corners: which one is meant depends on the way of writing.
      "border-radius": [/^\S+ \S/],
      // A shadow to one side goes along with --way.
      "box-shadow": [/^(inset )?-?[\d.]*[1-9][\d.]*[a-z]* /],
      "/^(transform|translate)$/": [/translateX?\(/],
      // On a long page WebKit is so long about it that the page crashes.
      "text-wrap": ["pretty"],
    },
    // The build looks for names in quotation marks.
    "import-notation": "string",
    // block, block__element, block--modifier
    "selector-class-pattern": "^[a-z]+(-[a-z]+)*(__[a-z]+(-[a-z]+)*)?(--[a-z]+)?$",
    // Browsers of old phones do not know `width >= 48rem`.
    "media-feature-range-notation": "prefix",
    // Safari knows no other.
    "property-no-vendor-prefix": [true, { ignoreProperties: ["text-size-adjust"] }],
    // What makes running heads on paper, where no browser but WeasyPrint reads it.
    "declaration-property-value-no-unknown": [true, { ignoreProperties: { "string-set": "/content/" } }],
    // Names of fonts.
    "value-keyword-case": ["lower", { ignoreProperties: ["/^--/"] }],
    // It compares a link in the bar with one in the foot, which never meet.
    "no-descending-specificity": null,
  },
};
