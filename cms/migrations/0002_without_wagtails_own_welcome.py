from django.db import migrations


def clear(apps, schema_editor):
    """Wagtail starts with a page, a site for every unknown host, and two groups that may edit all pages."""
    apps.get_model("wagtailcore", "Site").objects.filter(hostname="localhost", root_page__slug="home").delete()
    page = apps.get_model("wagtailcore", "Page")
    page.objects.filter(depth=2, slug="home", content_type__model="page").delete()
    page.objects.filter(depth=1).update(numchild=page.objects.filter(depth=2).count())
    apps.get_model("auth", "Group").objects.filter(name__in=["Editors", "Moderators"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_a_front_page_per_network"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]

    # Nothing of it is wanted back.
    operations = [migrations.RunPython(clear, migrations.RunPython.noop)]
