"""活动照片 for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from kit.pictures import answer_with
from programmes.door.queries.shown_photos import shown_photos

# A family that takes its word back is heard within that time, by whoever has seen the photo before.
KEEP_SECONDS = 300


@require_safe
def shown_photo(request: HttpRequest, photo_id: int) -> HttpResponse:
    found = shown_photos().filter(pk=photo_id).first()
    if found is None:
        raise Http404
    answer = answer_with(found.small if "small" in request.GET else found.image)
    patch_cache_control(answer, public=True, max_age=KEEP_SECONDS)
    return answer
