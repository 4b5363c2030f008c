from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('networks', '0006_journal_lines_stay_as_written'),
    ]

    operations = [
        migrations.AlterField(
            model_name='network',
            name='logo',
            field=models.ImageField(blank=True, upload_to='logos/', verbose_name='logo'),
        ),
    ]
