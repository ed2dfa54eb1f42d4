"""The outermost layer: refuse what no page of ours asks for, and add the headers that are the same everywhere."""

from django.http import HttpResponse, HttpResponseNotAllowed

QUERY_LIMIT = 4096  # bytes; the longest useful query of ours stays far below
METHODS = ["GET", "HEAD", "POST", "OPTIONS"]
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class EdgeMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.refuse(request) or self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    def refuse(self, request):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if len(request.META.get("QUERY_STRING", "")) > QUERY_LIMIT:
            return HttpResponse("This address is too long: shorten the query.", status=414, content_type="text/plain")
        return None
