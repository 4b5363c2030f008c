from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0002_without_wagtails_own_welcome'),
    ]

    operations = [
        migrations.AlterField(
            model_name='homepage',
            name='line',
            field=models.CharField(help_text='Two short halves, parted by a comma, look best.', max_length=16, verbose_name='line in large letters'),
        ),
    ]
