"""What members are told of: an inbox, and mails for those who want them."""
