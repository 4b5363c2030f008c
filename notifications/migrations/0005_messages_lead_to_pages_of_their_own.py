from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("notifications", "0004_letters_and_sms_counts"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="link",
            field=models.CharField(blank=True, editable=False, max_length=200),
        ),
    ]
