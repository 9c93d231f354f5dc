using Platform.Api.Hosting;
using Platform.Api.Hosting.Telemetry;
using Platform.Api.Live.Feed;
using Platform.Api.Live.Rules;
using Platform.Api.Live.Streams;
using Platform.Api.Live.Subscriptions;
using Platform.Api.Live.Waking;
using Platform.GraphQL.Transport;

namespace Platform.Api.Live;

/// <summary>Everything that is told as it happens: the plain feed, and what subscriptions read from.</summary>
internal sealed class LiveModule : IHostModule
{
    /// <summary>What the schema's resolvers ask for; nothing connects until it is used.</summary>
    public static void AddFeed(IServiceCollection services)
    {
        services.AddSingleton<EventRuleBook>();
        services.AddSingleton<Places>();
        services.AddSingleton<EventTail>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<LiveSources>();
        services.AddSingleton<EventHistory>();
    }

    public void AddServices(WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService(provider => provider.GetRequiredService<EventTail>());
        builder.Services.AddHostedService<LocalWake>();
        builder.Services.AddSingleton<RedisLine>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<RedisLine>());
        builder.Services.AddHealthChecks().AddCheck<RedisHealth>("redis");
        builder.Services.AddSingleton<FeedPlaces>();
        builder.Services.AddSingleton<FeedEndpoint>();
        builder.Services.AddSingleton(provider => new Gauge(
            "platform.feed.streams", "{stream}", "Open streams of /events.",
            () => provider.GetRequiredService<FeedPlaces>().Open));
    }

    public void Map(WebApplication app)
    {
        var feed = app.Services.GetRequiredService<FeedEndpoint>();
        app.MapGet("/events", (HttpContext http, IHttpRequestInterceptor callers) => feed.ServeAsync(http, callers));
    }
}
