"""What a city library shows of itself, in Wagtail."""

from cms.models.corner import Corner
from cms.models.front import HomePage, columns
from cms.models.gallery import AlbumPage, GalleryPage
from cms.models.picture import Picture, Rendition, Shown
from cms.models.plain import PlainPage
from cms.models.stories import StoriesPage, StoryPage

__all__ = [
    "AlbumPage",
    "Corner",
    "GalleryPage",
    "HomePage",
    "Picture",
    "PlainPage",
    "Rendition",
    "Shown",
    "StoriesPage",
    "StoryPage",
    "columns",
]
