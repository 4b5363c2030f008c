"""What families send who check themselves in, and what is put up for them: shape alone."""

from django import forms


class ScreenForm(forms.Form):
    venue = forms.SlugField(max_length=40)
    name = forms.CharField(max_length=20, required=False, strip=True)


class PrintedCodeForm(forms.Form):
    venue = forms.SlugField(max_length=40)


class ArriveForm(forms.Form):
    """Who of a party is here: of a registration of hers, or of the ticket that she typed."""

    client_id = forms.UUIDField()
    registration = forms.SlugField(max_length=12)
    ticket = forms.CharField(max_length=300, required=False, strip=True)


class TicketForm(forms.Form):
    ticket = forms.CharField(max_length=300, strip=True)
