"""Facts that the public site posts."""

PICTURE_PUT_IN = "cms.picture_put_in"
