"""What a city library shows of itself, in Wagtail."""

from cms.models.activity import ActivityPage
from cms.models.brand import BrandPage
from cms.models.corner import Corner
from cms.models.front import HomePage, columns
from cms.models.gallery import AlbumPage, GalleryPage
from cms.models.picture import Picture, Rendition, Shown
from cms.models.plain import PlainPage
from cms.models.programme import ProgrammePage
from cms.models.season import SeasonPage
from cms.models.shelf import ShelfPage, Shelved
from cms.models.stories import StoriesPage, StoryPage

__all__ = [
    "ActivityPage",
    "AlbumPage",
    "BrandPage",
    "Corner",
    "GalleryPage",
    "HomePage",
    "Picture",
    "PlainPage",
    "ProgrammePage",
    "Rendition",
    "SeasonPage",
    "ShelfPage",
    "Shelved",
    "Shown",
    "StoriesPage",
    "StoryPage",
    "columns",
]
