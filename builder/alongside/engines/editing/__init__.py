"""Pages of the preview on which an organisation changes its settings without a text editor. No site has them."""
