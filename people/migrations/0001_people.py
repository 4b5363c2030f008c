import django.db.models.deletion
import kit.clock
import kit.ids
import networks.models.scoping
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('networks', '0001_networks_areas_and_journal'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('login', models.CharField(default=kit.ids.new_id, editable=False, max_length=26, unique=True)),
                ('name', models.CharField(blank=True, max_length=40, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone_sealed', models.TextField(blank=True, editable=False, verbose_name='phone')),
                ('phone_index', models.BinaryField(max_length=32, null=True)),
                ('phone_verified_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                ('joined_at', models.DateTimeField(default=kit.clock.now, editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('network', models.ForeignKey(default=networks.models.scoping.current_network_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='networks.network')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'constraints': [models.UniqueConstraint(fields=('network', 'phone_index'), name='one_person_per_phone_and_network'), models.CheckConstraint(condition=models.Q(models.Q(('phone_index', None), ('phone_sealed', '')), models.Q(models.Q(('phone_sealed', ''), _negated=True), ('phone_index__isnull', False)), _connector='OR'), name='a_phone_is_sealed_and_indexed')],
            },
        ),
    ]
