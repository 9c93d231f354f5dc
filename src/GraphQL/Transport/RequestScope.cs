using Microsoft.AspNetCore.Http;
using Platform.GraphQL.Execution;

namespace Platform.GraphQL.Transport;

/// <summary>The request's services, whose scope is only made when somebody asks: most pure reads never do.</summary>
internal sealed class RequestScope(HttpContext http) : IServiceProvider
{
    public object? GetService(Type serviceType) => http.RequestServices.GetService(serviceType);

    public static RequestContext Context(HttpContext http, Caller caller) => new()
    {
        Services = new RequestScope(http),
        User = caller.User,
        PermissionScope = caller.PermissionScope,
        MayReadSchema = caller.MayReadSchema,
        Aborted = http.RequestAborted,
    };
}
