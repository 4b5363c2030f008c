from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('networks', '0002_a_cache_table_without_a_log'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='privacytext',
            constraint=models.UniqueConstraint(condition=models.Q(('published_at', None)), fields=('network', 'kind'), name='one_draft_of_a_privacy_text'),
        ),
    ]
