import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import kit.clock
import networks.models.scoping
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Network',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, unique=True, verbose_name='short name')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('library_name', models.CharField(max_length=60, verbose_name='name of the library')),
                ('is_operator', models.BooleanField(default=False)),
                ('time_zone', models.CharField(default='Asia/Shanghai', max_length=40, verbose_name='time zone')),
                ('language', models.CharField(default='zh-hans', max_length=10, verbose_name='language')),
                ('other_languages', models.JSONField(blank=True, default=list, verbose_name='other languages')),
                ('brand_hue', models.PositiveSmallIntegerField(default=15, validators=[django.core.validators.MaxValueValidator(359)], verbose_name='brand hue')),
                ('brand_chroma', models.DecimalField(decimal_places=2, default=Decimal('0.17'), max_digits=3, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('0.20'))], verbose_name='brand strength')),
                ('tagline', models.CharField(blank=True, max_length=60, verbose_name='line under the name')),
                ('logo', models.FileField(blank=True, upload_to='logos/', verbose_name='logo')),
                ('rules', models.JSONField(blank=True, default=dict, verbose_name='rules')),
                ('contact', models.CharField(blank=True, max_length=100, verbose_name='contact for readers')),
                ('address', models.CharField(blank=True, max_length=120, verbose_name='address')),
                ('icp_number', models.CharField(blank=True, max_length=40, verbose_name='ICP number')),
                ('police_number', models.CharField(blank=True, max_length=40, verbose_name='public security number')),
                ('opened_at', models.DateTimeField(default=kit.clock.now, editable=False)),
            ],
            options={
                'verbose_name': 'network',
                'verbose_name_plural': 'networks',
                'constraints': [models.CheckConstraint(condition=models.Q(('brand_hue__lt', 360)), name='brand_hue_is_an_angle'), models.CheckConstraint(condition=models.Q(('brand_chroma__gte', 0), ('brand_chroma__lte', Decimal('0.20'))), name='brand_stays_printable'), models.UniqueConstraint(models.F('is_operator'), condition=models.Q(('is_operator', True)), name='one_operator_home')],
            },
        ),
        migrations.CreateModel(
            name='JournalLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=kit.clock.now, editable=False, verbose_name='when')),
                ('actor_id', models.BigIntegerField(null=True, verbose_name='who')),
                ('verb', models.CharField(max_length=60, verbose_name='what')),
                ('subject_kind', models.CharField(max_length=60)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('changed', models.JSONField(default=list)),
                ('values', models.JSONField(default=dict)),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('network', models.ForeignKey(default=networks.models.scoping.current_network_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='networks.network')),
            ],
            options={
                'verbose_name': 'journal line',
                'verbose_name_plural': 'journal',
                'indexes': [models.Index(fields=['network', '-at', '-id'], name='journal_newest_first'), models.Index(fields=['subject_kind', 'subject_id', '-at'], name='journal_of_a_row')],
            },
        ),
        migrations.CreateModel(
            name='CheckFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9_-]+\\.txt$', 'Letters, digits and dashes, ending in .txt.')], verbose_name='file name')),
                ('content', models.CharField(max_length=500, verbose_name='content')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_files', to='networks.network')),
            ],
            options={
                'verbose_name': 'check file',
                'verbose_name_plural': 'check files',
                'constraints': [models.UniqueConstraint(fields=('network', 'name'), name='one_check_file_per_name')],
            },
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('city', 'City'), ('district', 'District'), ('zone', 'Functional zone'), ('street', 'Street'), ('community', 'Community')], max_length=10, verbose_name='kind')),
                ('name', models.CharField(max_length=40, verbose_name='name')),
                ('code', models.CharField(blank=True, max_length=12, verbose_name='division code')),
                ('path', models.CharField(blank=True, editable=False, max_length=120)),
                ('place', models.PositiveSmallIntegerField(default=0, verbose_name='place in lists')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='networks.area')),
                ('network', models.ForeignKey(default=networks.models.scoping.current_network_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='networks.network')),
            ],
            options={
                'verbose_name': 'area',
                'verbose_name_plural': 'areas',
                'indexes': [models.Index(fields=['path'], name='area_by_path', opclasses=['varchar_pattern_ops'])],
                'constraints': [models.UniqueConstraint(fields=('network', 'parent', 'name'), name='area_names_differ_under_one_parent'), models.UniqueConstraint(models.F('network'), condition=models.Q(('parent', None)), name='one_root_area'), models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='an_area_is_not_its_own_parent'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'city'), ('parent', None)), models.Q(('parent__isnull', False), models.Q(('kind', 'city'), _negated=True)), _connector='OR'), name='the_root_area_is_the_city')],
            },
        ),
        migrations.CreateModel(
            name='NetworkHost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(max_length=253, validators=[django.core.validators.RegexValidator('^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$', 'A host name, in small letters.')], verbose_name='host name')),
                ('is_primary', models.BooleanField(default=False, verbose_name='used in links')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hosts', to='networks.network')),
            ],
            options={
                'verbose_name': 'host name',
                'verbose_name_plural': 'host names',
                'constraints': [models.UniqueConstraint(models.F('host'), name='a_host_names_one_network'), models.CheckConstraint(condition=models.Q(('host', django.db.models.functions.text.Lower(models.F('host')))), name='hosts_are_in_small_letters'), models.UniqueConstraint(models.F('network'), condition=models.Q(('is_primary', True)), name='one_primary_host')],
            },
        ),
        migrations.CreateModel(
            name='OpeningStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=30)),
                ('state', models.CharField(choices=[('open', 'To do'), ('under_way', 'Under way'), ('done', 'Done'), ('not_needed', 'Not needed')], default='open', max_length=10, verbose_name='state')),
                ('owner', models.CharField(blank=True, max_length=60, verbose_name='who sees to it')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opening_steps', to='networks.network')),
            ],
            options={
                'verbose_name': 'opening step',
                'verbose_name_plural': 'opening steps',
                'constraints': [models.UniqueConstraint(fields=('network', 'key'), name='one_opening_step_per_key')],
            },
        ),
        migrations.CreateModel(
            name='PrivacyText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('privacy', 'Privacy policy'), ('children', "Children's privacy rules"), ('terms', 'Terms of use')], max_length=10, verbose_name='kind')),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('body', models.TextField(verbose_name='text')),
                ('responsible', models.CharField(max_length=60, verbose_name='person in charge of personal information')),
                ('contact', models.CharField(max_length=100, verbose_name='how to reach that person')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('network', models.ForeignKey(default=networks.models.scoping.current_network_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='networks.network')),
            ],
            options={
                'verbose_name': 'privacy text',
                'verbose_name_plural': 'privacy texts',
                'constraints': [models.UniqueConstraint(fields=('network', 'kind', 'version'), name='privacy_versions_are_numbered_once'), models.CheckConstraint(condition=models.Q(models.Q(('responsible', ''), _negated=True), models.Q(('contact', ''), _negated=True)), name='a_privacy_text_names_a_person')],
            },
        ),
    ]
