from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("signup", "0001_signup")]

    operations = [
        migrations.AddField(
            model_name="question",
            name="is_guarded",
            field=models.BooleanField(default=False, verbose_name="only for those who need to know"),
        ),
    ]
